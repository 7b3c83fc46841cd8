package io.heliograph.gateway.security;

import io.heliograph.gateway.security.ProxyConfig.Kind;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
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
        if (isTrusted(peer)) {
            Client client = ask(peer, exchange.request().headers());
            exchange.client(client.address());
            exchange.sentTo(client.scheme(), client.host());
        }
        exchange.proceed();
    }

    /** The scheme that the client of a request used. */
    String scheme(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        String scheme = isTrusted(peer) ? ask(peer, request.headers()).scheme() : null;
        return scheme == null ? request.scheme() : scheme;
    }

    private boolean isTrusted(String peer) {
        if (trusted.isNone()) {
            return false;
        }
        byte[] bytes = Addresses.bytes(peer);
        return bytes != null && trusted.contain(bytes);
    }

    private Client ask(String peer, MultiMap headers) {
        return kind == Kind.FORWARDED
                ? Client.byForwarded(trusted, peer, headers.getAll("Forwarded"))
                : Client.byForwardedFor(trusted, peer, headers);
    }
}
