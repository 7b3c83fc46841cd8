package io.heliograph.gateway.security;

import io.vertx.core.MultiMap;
import java.util.List;

/**
 * Where a request that came through trusted proxies began: its address, and the scheme and host it was sent to, which
 * are null where no proxy tells.
 */
record ForwardedClient(String address, String scheme, String host) {

    /** Proxies in a row: more than any chain has, so that a list of hundreds costs no more than this. */
    private static final int MAX_HOPS = 32;

    private static final int MAX_HOST_LENGTH = 255;

    /** By {@code X-Forwarded-For}; of the other two headers the last value counts, the word of the proxy next to us. */
    static ForwardedClient byForwardedFor(TrustedProxies trusted, String peer, MultiMap headers) {
        String address = peer;
        ReverseHeaderList hops = new ReverseHeaderList(headers.getAll("X-Forwarded-For"));
        for (int i = 0; i < MAX_HOPS; i++) {
            String node = hops.next();
            byte[] bytes = node == null ? null : IpAddresses.ofNode(node);
            if (bytes == null) {
                break;
            }
            address = IpAddresses.text(bytes);
            if (!trusted.contains(bytes)) {
                break;
            }
        }
        return new ForwardedClient(
                address,
                scheme(new ReverseHeaderList(headers.getAll("X-Forwarded-Proto")).next()),
                host(new ReverseHeaderList(headers.getAll("X-Forwarded-Host")).next()));
    }

    /** By {@code Forwarded}; scheme and host are what the trusted proxy says that is the farthest from us. */
    static ForwardedClient byForwarded(TrustedProxies trusted, String peer, List<String> lines) {
        ForwardedClient client = new ForwardedClient(peer, null, null);
        ReverseHeaderList hops = new ReverseHeaderList(lines);
        for (int i = 0; i < MAX_HOPS; i++) {
            String element = hops.next();
            if (element == null) {
                break;
            }
            ForwardedElement hop = ForwardedElement.parse(element);
            byte[] bytes = hop.node() == null ? null : IpAddresses.ofNode(hop.node());
            client = client.withElement(bytes, scheme(hop.scheme()), host(hop.host()));
            if (bytes == null || !trusted.contains(bytes)) {
                break;
            }
        }
        return client;
    }

    private ForwardedClient withElement(byte[] bytes, String scheme, String host) {
        return new ForwardedClient(
                bytes == null ? address : IpAddresses.text(bytes),
                scheme == null ? this.scheme : scheme,
                host == null ? this.host : host);
    }

    private static String scheme(String offered) {
        if ("https".equalsIgnoreCase(offered)) {
            return "https";
        }
        return "http".equalsIgnoreCase(offered) ? "http" : null;
    }

    /** What goes into headers and logs must be able to do no harm there. */
    private static String host(String offered) {
        if (offered == null || offered.isEmpty() || offered.length() > MAX_HOST_LENGTH) {
            return null;
        }
        for (int i = 0; i < offered.length(); i++) {
            char c = offered.charAt(i);
            boolean sane = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!sane && ".-_:[]".indexOf(c) < 0) {
                return null;
            }
        }
        return offered;
    }
}
