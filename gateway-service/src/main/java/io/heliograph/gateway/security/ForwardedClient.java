package io.heliograph.gateway.security;

import io.heliograph.gateway.security.TrustedProxies.IpAddresses;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;

/**
 * The client behind trusted proxies: its address, and the scheme and host that it used, null if no proxy states them.
 */
record ForwardedClient(String address, String scheme, String host) {

    /** The number of hops that are evaluated; more than any real chain of proxies. */
    private static final int MAX_HOPS = 32;

    private static final int MAX_HOST_LENGTH = 255;

    /**
     * Evaluates {@code X-Forwarded-For}, and the last value of {@code X-Forwarded-Proto} and {@code X-Forwarded-Host},
     * which the nearest proxy wrote.
     */
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

    /** Evaluates {@code Forwarded}; scheme and host are those that the farthest trusted proxy states. */
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

    /** The host if it is valid, else null, since it is written to headers and logs. */
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

    /** One element of {@code Forwarded} (RFC 7239); its fields are null if absent. */
    record ForwardedElement(String node, String scheme, String host) {

        static ForwardedElement parse(String element) {
            String node = null;
            String scheme = null;
            String host = null;
            int start = 0;
            while (start < element.length()) {
                int end = endOfPair(element, start);
                int equals = element.indexOf('=', start);
                if (equals > 0 && equals < end) {
                    String value = IpAddresses.unquoted(element.substring(equals + 1, end));
                    switch (element.substring(start, equals).trim().toLowerCase(Locale.ROOT)) {
                        case "for" -> node = value;
                        case "proto" -> scheme = value;
                        case "host" -> host = value;
                        default -> {}
                    }
                }
                start = end + 1;
            }
            return new ForwardedElement(node, scheme, host);
        }

        private static int endOfPair(String element, int start) {
            boolean quoted = false;
            for (int i = start; i < element.length(); i++) {
                char c = element.charAt(i);
                if (c == ';' && !quoted) {
                    return i;
                }
                quoted ^= c == '"';
            }
            return element.length();
        }
    }

    /**
     * The elements of a list header from the last to the first, which is the order in which they can be trusted. Parsed
     * from the end, so that what a client wrote at the beginning does not affect the rest.
     */
    static final class ReverseHeaderList {

        private final List<String> lines;
        private int line;
        private int end;

        ReverseHeaderList(List<String> lines) {
            this.lines = lines;
            this.line = lines.size();
            this.end = -1;
        }

        /** The next element; null if there are no more. Commas in quoted strings do not separate elements. */
        String next() {
            if (end < 0) {
                if (line == 0) {
                    return null;
                }
                end = lines.get(--line).length();
            }
            String text = lines.get(line);
            int start = end;
            boolean quoted = false;
            while (start > 0) {
                char c = text.charAt(start - 1);
                if (c == ',' && !quoted) {
                    break;
                }
                quoted ^= c == '"';
                start--;
            }
            String element = text.substring(start, end).trim();
            end = start - 1;
            return element;
        }
    }
}
