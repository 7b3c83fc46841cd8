package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.TraceParent;
import io.heliograph.gateway.server.InterimResponseWriter;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies the headers that are forwarded: neither hop-by-hop headers nor those that the gateway sets itself. */
public final class ProxyHeaders {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    /** Values of at least this length are encoded at once, since Netty would write them character by character. */
    private static final int LONG = 64;

    private ProxyHeaders() {}

    /** Copies the request headers, without those that frame the body, and adds {@link ForwardedHeaders}. */
    static void copyRequest(Exchange exchange, MultiMap to) {
        HttpServerRequest request = exchange.request();
        Set<String> connectionOptions = connectionOptions(request.headers());
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            if (!isHopByHop(name)
                    && !isReplaced(name)
                    && !ForwardedHeaders.isReserved(name)
                    && !isConnectionOption(connectionOptions, name)) {
                to.add(name, compact(isAuthorization(name) ? credentials(header.getValue()) : header.getValue()));
            }
        }
        TraceParent.clean(to);
        to.add(REQUEST_ID, exchange.requestId());
        ForwardedHeaders.addTo(exchange, to);
    }

    /** The headers of the request to the service, for requests that are sent later or more than once. */
    public static MultiMap forUpstream(Exchange exchange) {
        MultiMap headers = HttpHeaders.headers();
        copyRequest(exchange, headers);
        return headers;
    }

    /** Copies the headers of a response, {@code Content-Length} included, and adds those of the gateway. */
    static void copyResponse(Exchange exchange, MultiMap from, MultiMap to) {
        copyResponse(from, to);
        exchange.addMetadata(to);
    }

    /** Copies the headers of a response, {@code Content-Length} included. */
    static void copyResponse(MultiMap from, MultiMap to) {
        Set<String> connectionOptions = connectionOptions(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey();
            if (!isHopByHop(name) && !isConnectionOption(connectionOptions, name)) {
                to.add(name, header.getValue());
            }
        }
    }

    private static boolean isAuthorization(String name) {
        return name.length() == 13 && name.equalsIgnoreCase("Authorization");
    }

    /** Reduces several spaces after the scheme, which RFC 9110, 11.4 allows but not every service parses, to one. */
    private static String credentials(String value) {
        int blank = value.indexOf(' ');
        if (blank < 0 || blank + 1 >= value.length() || value.charAt(blank + 1) != ' ') {
            return value;
        }
        return value.substring(0, blank) + ' ' + value.substring(blank).trim();
    }

    /** Encodes a long value, such as a token, at once. */
    private static CharSequence compact(String value) {
        return value.length() < LONG ? value : new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** Compares lengths first, which decides for most names. */
    private static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    /** Headers that the gateway sets itself, or never forwards. */
    private static boolean isReplaced(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            // A CGI program would read it as the setting HTTP_PROXY (httpoxy).
            case 5 -> name.equalsIgnoreCase("Proxy");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 12 -> name.equalsIgnoreCase("X-Request-Id");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            default -> false;
        };
    }

    private static boolean isConnectionOption(Set<String> connectionOptions, String name) {
        return !connectionOptions.isEmpty() && connectionOptions.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The header names that {@code Connection} lists, in lower case. */
    public static Set<String> connectionOptions(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.CONNECTION);
        if (values.isEmpty() || (values.size() == 1 && isPlain(values.get(0)))) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean isPlain(String connection) {
        return connection.equalsIgnoreCase("keep-alive")
                || connection.equalsIgnoreCase("close")
                || connection.equalsIgnoreCase("upgrade");
    }

    /** Forwards interim responses (RFC 9110, 15.2). */
    public static final class InterimResponses {

        private InterimResponses() {}

        /** Forwards an interim response, unless the head of the final response has been written. */
        public static void forward(Exchange exchange, int status, MultiMap headers) {
            if (!exchange.response().headWritten() && !exchange.response().closed()) {
                MultiMap passing = MultiMap.caseInsensitiveMultiMap();
                ProxyHeaders.copyResponse(headers, passing);
                InterimResponseWriter.write(exchange.request(), status, passing);
            }
        }
    }

    /**
     * Copies the trailers that are forwarded: none that frames, routes or authorizes a message (RFC 9110, 6.5.1), and none
     * that is malformed.
     */
    static final class ForwardedTrailers {

        private static final Set<String> NEVER = Set.of(
                "age",
                "authorization",
                "cache-control",
                "connection",
                "content-encoding",
                "content-length",
                "content-range",
                "content-type",
                "cookie",
                "date",
                "etag",
                "expect",
                "expires",
                "host",
                "keep-alive",
                "last-modified",
                "location",
                "max-forwards",
                "pragma",
                "proxy",
                "proxy-authenticate",
                "proxy-authorization",
                "proxy-connection",
                "range",
                "retry-after",
                "set-cookie",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade",
                "vary",
                "www-authenticate",
                "x-request-id");

        private ForwardedTrailers() {}

        /** Copies the trailers that may be forwarded. */
        static void copy(MultiMap from, MultiMap to) {
            if (ResponseHeadValidator.isValid(from)) {
                for (Map.Entry<String, String> trailer : from) {
                    if (mayPass(trailer.getKey())) {
                        to.add(trailer.getKey(), trailer.getValue());
                    }
                }
            }
        }

        static boolean mayPass(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return !NEVER.contains(lower)
                    && !lower.startsWith("if-")
                    && !lower.startsWith("access-control-")
                    && !ForwardedHeaders.isReserved(name);
        }
    }
}
