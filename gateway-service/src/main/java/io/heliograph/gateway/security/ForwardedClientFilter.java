package io.heliograph.gateway.security;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.security.TrustedProxies.IpAddresses;
import io.heliograph.gateway.security.TrustedProxyConfig.ForwardedHeaderKind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/**
 * Determines the client of a request behind trusted proxies: from the last hop back to the first address that is not a
 * trusted proxy.
 */
@Singleton
public final class ForwardedClientFilter implements RequestFilter {

    private final TrustedProxies trusted;
    private final ForwardedHeaderKind kind;

    ForwardedClientFilter(TrustedProxies trusted, TrustedProxyConfig config) {
        this.trusted = trusted;
        this.kind = config.headers();
    }

    @Override
    public void filter(Exchange exchange) {
        String peer = IpAddresses.canonical(exchange.client());
        exchange.client(peer);
        if (isTrusted(peer)) {
            ForwardedClient client = resolve(peer, exchange.request().headers());
            exchange.client(client.address());
            exchange.schemeAndHost(client.scheme(), client.host());
        }
        exchange.proceed();
    }

    /** The scheme that the client of a request used. */
    String scheme(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        String scheme = isTrusted(peer) ? resolve(peer, request.headers()).scheme() : null;
        return scheme == null ? request.scheme() : scheme;
    }

    private boolean isTrusted(String peer) {
        if (trusted.isEmpty()) {
            return false;
        }
        byte[] bytes = IpAddresses.bytes(peer);
        return bytes != null && trusted.contains(bytes);
    }

    private ForwardedClient resolve(String peer, MultiMap headers) {
        return kind == ForwardedHeaderKind.FORWARDED
                ? ForwardedClient.byForwarded(trusted, peer, headers.getAll("Forwarded"))
                : ForwardedClient.byForwardedFor(trusted, peer, headers);
    }
}
