package io.heliograph.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Headers;

/** The request target as it was received. */
final class RequestTarget {

    /**
     * Characters that browsers and curl send unencoded, although RFC 3986 does not allow them (WHATWG URL, 1.3). Some
     * are rejected in a path, since a backslash or a quote could be parsed as a separator.
     */
    private static final String ENCODED_IN_QUERY = "|{}^`\\\"<>";

    private static final String ENCODED_IN_PATH = "|{}^`[]";

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private RequestTarget() {}

    /**
     * Percent-encodes characters that are not allowed in a URI and that clients send nevertheless. Existing escapes are
     * unchanged, so that all filters and the service read the same target.
     */
    static String encoded(String uri) {
        StringBuilder encoded = null;
        String wanted = ENCODED_IN_PATH;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '?') {
                wanted = ENCODED_IN_QUERY;
            }
            if (wanted.indexOf(c) < 0) {
                if (encoded != null) {
                    encoded.append(c);
                }
                continue;
            }
            if (encoded == null) {
                encoded = new StringBuilder(uri.length() + 16).append(uri, 0, i);
            }
            encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
        }
        return encoded == null ? uri : encoded.toString();
    }

    /** Encodes the path of an HTTP/2 request. */
    static void encode(Http2Headers headers) {
        if (headers.path() != null) {
            String path = headers.path().toString();
            String encoded = encoded(path);
            if (!encoded.equals(path)) {
                headers.path(encoded);
            }
        }
    }

    /**
     * Whether {@code java.net.URI} can parse the target. Quarkus parses each target with it, and rejects others before
     * the gateway could respond with a problem.
     */
    static boolean isReadable(String uri) {
        boolean query = false;
        for (int i = 0; i < uri.length(); i++) {
            switch (uri.charAt(i)) {
                case '%' -> {
                    if (!isHex(uri, i + 1) || !isHex(uri, i + 2)) {
                        return false;
                    }
                    i += 2;
                }
                case '"', '<', '>', '\\', '^', '`', '{', '|', '}' -> {
                    return false;
                }
                case '[', ']' -> {
                    if (!query) {
                        return false;
                    }
                }
                case '?' -> query = true;
                default -> {}
            }
        }
        return true;
    }

    private static boolean isHex(String uri, int i) {
        return i < uri.length() && uri.charAt(i) < 0x7f && Character.digit(uri.charAt(i), 16) >= 0;
    }

    /**
     * A request target in absolute form, as clients send it to a proxy; every server must accept it (RFC 9112, 3.2.2).
     */
    static final class AbsoluteForm {

        private AbsoluteForm() {}

        /**
         * Replaces an absolute target by its path, and {@code Host} by its host. Returns false if the host is invalid.
         */
        static boolean resolve(HttpRequest request) {
            String uri = request.uri();
            int start = afterScheme(uri);
            if (start == 0) {
                return true;
            }
            int end = start;
            while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
                end++;
            }
            String host = uri.substring(start, end);
            if (!HostValidator.isValid(host)) {
                return false;
            }
            request.setUri(target(request, uri.substring(end)));
            request.headers().set(HttpHeaderNames.HOST, host);
            return true;
        }

        private static String target(HttpRequest request, String rest) {
            if (rest.isEmpty()) {
                return HttpMethod.OPTIONS.equals(request.method()) ? "*" : "/";
            }
            return rest.charAt(0) == '/' ? rest : "/" + rest;
        }

        /** The index after the scheme; 0 if the target is not in absolute form. */
        private static int afterScheme(String uri) {
            if (uri.startsWith("/")) {
                return 0;
            } else if (uri.regionMatches(true, 0, "http://", 0, 7)) {
                return 7;
            }
            return uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        }
    }
}
