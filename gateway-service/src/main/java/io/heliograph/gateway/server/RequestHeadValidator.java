package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.server.RequestDecoder.UnsupportedVersionException;
import io.heliograph.gateway.server.RequestTarget.AbsoluteForm;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Validates the head of an HTTP/1 request, and removes hop-by-hop headers from it. */
final class RequestHeadValidator {

    private RequestHeadValidator() {}

    /**
     * The problem of an invalid request; null if it is valid, in which case its head has been normalized for the
     * filters.
     */
    static Problem validate(HttpRequest request) {
        Problem fault = RequestFramingValidator.validate(request);
        if (fault != null) {
            return fault;
        }
        if (HttpMethod.CONNECT.equals(request.method())) {
            return Problem.METHOD_NOT_ALLOWED;
        }
        if (!AbsoluteForm.resolve(request) || !ConnectionHeaderFilter.apply(request.headers())) {
            return Problem.INVALID_REQUEST;
        }
        dropUpgrade(request.headers());
        return null;
    }

    /** Removes an upgrade to any protocol but WebSocket; a server may ignore it (RFC 9110, 7.8). */
    private static void dropUpgrade(HttpHeaders headers) {
        String upgrade = headers.get(HttpHeaderNames.UPGRADE);
        if (upgrade != null && !upgrade.equalsIgnoreCase("websocket")) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** Rejects requests whose end or host different readers could determine differently (request smuggling). */
    static final class RequestFramingValidator {

        /** A header of a WebSocket draft, with which the decoder expects a body without framing headers. */
        private static final String DRAFT_KEY = "Sec-WebSocket-Key1";

        private RequestFramingValidator() {}

        /** The problem of an invalid request; null if it is valid. */
        static Problem validate(HttpRequest request) {
            DecoderResult result = request.decoderResult();
            if (result.isFailure()) {
                return problemOf(result.cause());
            }
            boolean http10 = HttpVersion.HTTP_1_0.equals(request.protocolVersion());
            HttpHeaders headers = request.headers();
            boolean clear = isFramed(headers, http10)
                    && isForOneHost(headers, http10)
                    && !headers.contains(DRAFT_KEY)
                    && !headers.contains("")
                    && RequestTarget.isReadable(request.uri());
            return clear ? null : Problem.INVALID_REQUEST;
        }

        private static Problem problemOf(Throwable cause) {
            if (cause instanceof TooLongHttpLineException) {
                return Problem.URI_TOO_LONG;
            } else if (cause instanceof UnsupportedVersionException) {
                return Problem.HTTP_VERSION_UNSUPPORTED;
            }
            return cause instanceof TooLongHttpHeaderException ? Problem.HEADERS_TOO_LARGE : Problem.INVALID_REQUEST;
        }

        /**
         * Whether the framing is unambiguous: HTTP/1.0 has no transfer codings, and {@code chunked} is the only one
         * accepted in HTTP/1.1.
         */
        private static boolean isFramed(HttpHeaders headers, boolean http10) {
            if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                return true;
            }
            List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
            return !http10 && codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        }

        private static boolean isForOneHost(HttpHeaders headers, boolean http10) {
            List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
            return hosts.isEmpty() ? http10 : hosts.size() == 1 && HostValidator.isValid(hosts.get(0));
        }
    }

    /**
     * Removes the headers that {@code Connection} lists (RFC 9110, 7.6.1) before any filter reads them, so that
     * decisions of the gateway, such as a cache key, depend only on headers that the service gets.
     */
    static final class ConnectionHeaderFilter {

        /** Headers that must not be removed: they determine the caller, the host or the framing of a request. */
        private static final Set<String> FORBIDDEN = Set.of("authorization", "host", "content-length");

        /** Headers that apply to this connection and are never forwarded. */
        private static final Set<String> HOP_BY_HOP = Set.of(
                "",
                "close",
                "keep-alive",
                "connection",
                "upgrade",
                "http2-settings",
                "te",
                "trailer",
                "transfer-encoding",
                "expect");

        private ConnectionHeaderFilter() {}

        /** Removes the listed headers; false if one of them is forbidden. */
        static boolean apply(HttpHeaders headers) {
            if (!headers.contains(HttpHeaderNames.CONNECTION)) {
                return true;
            }
            for (String line : headers.getAll(HttpHeaderNames.CONNECTION)) {
                if (!isPlain(line) && !apply(headers, line)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isPlain(String line) {
            return line.equalsIgnoreCase("keep-alive") || line.equalsIgnoreCase("close");
        }

        private static boolean apply(HttpHeaders headers, String line) {
            for (String option : line.split(",", -1)) {
                String name = option.trim().toLowerCase(Locale.ROOT);
                if (FORBIDDEN.contains(name)) {
                    return false;
                } else if (!HOP_BY_HOP.contains(name)) {
                    headers.remove(name);
                }
            }
            return true;
        }
    }
}
