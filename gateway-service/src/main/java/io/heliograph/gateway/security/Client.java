package io.heliograph.gateway.security;

import io.vertx.core.MultiMap;
import java.util.List;

/**
 * Where a request that came through trusted proxies began: its address, and the scheme and host it was sent to, which
 * are null where no proxy tells.
 */
record Client(String address, String scheme, String host) {

    /** Proxies in a row: more than any chain has, so that a list of hundreds costs no more than this. */
    private static final int MOST_HOPS = 32;

    private static final int LONGEST_HOST = 255;

    /** By {@code X-Forwarded-For}; of the other two headers the last value counts, the word of the proxy next to us. */
    static Client byForwardedFor(TrustedProxies trusted, String peer, MultiMap headers) {
        String address = peer;
        Hops hops = new Hops(headers.getAll("X-Forwarded-For"));
        for (int i = 0; i < MOST_HOPS; i++) {
            String node = hops.next();
            byte[] bytes = node == null ? null : Addresses.ofNode(node);
            if (bytes == null) {
                break;
            }
            address = Addresses.text(bytes);
            if (!trusted.contain(bytes)) {
                break;
            }
        }
        return new Client(
                address,
                scheme(new Hops(headers.getAll("X-Forwarded-Proto")).next()),
                host(new Hops(headers.getAll("X-Forwarded-Host")).next()));
    }

    /** By {@code Forwarded}; scheme and host are what the trusted proxy says that is the farthest from us. */
    static Client byForwarded(TrustedProxies trusted, String peer, List<String> lines) {
        Client client = new Client(peer, null, null);
        Hops hops = new Hops(lines);
        for (int i = 0; i < MOST_HOPS; i++) {
            String element = hops.next();
            if (element == null) {
                break;
            }
            Hop hop = Hop.parse(element);
            byte[] bytes = hop.node() == null ? null : Addresses.ofNode(hop.node());
            client = client.seen(bytes, scheme(hop.scheme()), host(hop.host()));
            if (bytes == null || !trusted.contain(bytes)) {
                break;
            }
        }
        return client;
    }

    private Client seen(byte[] bytes, String scheme, String host) {
        return new Client(
                bytes == null ? address : Addresses.text(bytes),
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
        if (offered == null || offered.isEmpty() || offered.length() > LONGEST_HOST) {
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
