package io.heliograph.gateway.client;

import io.heliograph.gateway.client.ProxyConfig.Kind;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import jakarta.inject.Singleton;

/**
 * Finds out where a request really comes from. Only a trusted proxy is asked, and of what it hands on only that which
 * trusted proxies wrote: from the last hop back to the first address that is none of theirs.
 */
@Singleton
public final class ClientOrigin implements Step {

    private final TrustedProxies trusted;
    private final Kind kind;

    ClientOrigin(TrustedProxies trusted, ProxyConfig config) {
        this.trusted = trusted;
        this.kind = config.headers();
    }

    @Override
    public void take(Exchange exchange) {
        String peer = Addresses.canonical(exchange.client());
        exchange.client(peer);
        if (!trusted.isNone()) {
            byte[] bytes = Addresses.bytes(peer);
            if (bytes != null && trusted.contain(bytes)) {
                ask(exchange, peer);
            }
        }
        exchange.proceed();
    }

    private void ask(Exchange exchange, String peer) {
        var headers = exchange.request().headers();
        Client client = kind == Kind.FORWARDED
                ? Client.byForwarded(trusted, peer, headers.getAll("Forwarded"))
                : Client.byForwardedFor(trusted, peer, headers);
        exchange.client(client.address());
        exchange.sentTo(client.scheme(), client.host());
    }
}
