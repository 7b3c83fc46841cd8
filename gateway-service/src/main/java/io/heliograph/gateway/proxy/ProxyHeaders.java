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

/** Which headers pass. Hop-by-hop headers never do, nor do those that the gateway sets itself. */
public final class ProxyHeaders {

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    /** From here on it pays to make bytes of a value at once, as a header is not written so but by the character. */
    private static final int LONG = 64;

    private ProxyHeaders() {}

    /** Copies the request headers, without those that frame the body, and adds {@link ForwardedHeaders}. */
    static void copyRequest(Exchange exchange, MultiMap to) {
        HttpServerRequest request = exchange.request();
        Set<String> nominated = connectionOptions(request.headers());
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            if (!isHopByHop(name)
                    && !isReplaced(name)
                    && !ForwardedHeaders.isReserved(name)
                    && !isConnectionOption(nominated, name)) {
                to.add(name, compact(isAuthorization(name) ? credentials(header.getValue()) : header.getValue()));
            }
        }
        TraceParent.clean(to);
        to.add(REQUEST_ID, exchange.requestId());
        ForwardedHeaders.addTo(exchange, to);
    }

    /** The headers with which a request goes on to its service, to be sent later or more than once. */
    public static MultiMap forUpstream(Exchange exchange) {
        MultiMap headers = HttpHeaders.headers();
        copyRequest(exchange, headers);
        return headers;
    }

    /** Copies the headers of an answer, with the length of its body, and adds those of the gateway. */
    static void copyResponse(Exchange exchange, MultiMap from, MultiMap to) {
        copyResponse(from, to);
        exchange.addMetadata(to);
    }

    /** Copies the headers of an answer, with the length of its body. */
    static void copyResponse(MultiMap from, MultiMap to) {
        Set<String> nominated = connectionOptions(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey();
            if (!isHopByHop(name) && !isConnectionOption(nominated, name)) {
                to.add(name, header.getValue());
            }
        }
    }

    private static boolean isAuthorization(String name) {
        return name.length() == 13 && name.equalsIgnoreCase("Authorization");
    }

    /** Several blanks may follow the scheme (RFC 9110, 11.4), which not every reader knows. */
    private static String credentials(String value) {
        int blank = value.indexOf(' ');
        if (blank < 0 || blank + 1 >= value.length() || value.charAt(blank + 1) != ' ') {
            return value;
        }
        return value.substring(0, blank) + ' ' + value.substring(blank).trim();
    }

    /** A token is most of what a request says. */
    private static CharSequence compact(String value) {
        return value.length() < LONG ? value : new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** By length first: of most names that is all that is looked at. */
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

    /** What is set anew on each request, or never passes. */
    private static boolean isReplaced(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            // To a program behind CGI it would be a setting (httpoxy).
            case 5 -> name.equalsIgnoreCase("Proxy");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 12 -> name.equalsIgnoreCase("X-Request-Id");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            default -> false;
        };
    }

    private static boolean isConnectionOption(Set<String> nominated, String name) {
        return !nominated.isEmpty() && nominated.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The headers that {@code Connection} names as its own, in lower case. */
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

        /** Nothing once the head of the answer has gone out. */
        public static void forward(Exchange exchange, int status, MultiMap headers) {
            if (!exchange.response().headWritten() && !exchange.response().closed()) {
                MultiMap passing = MultiMap.caseInsensitiveMultiMap();
                ProxyHeaders.copyResponse(headers, passing);
                InterimResponseWriter.write(exchange.request(), status, passing);
            }
        }
    }
}
