package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * Validates the head of an upstream response, so that all recipients parse it alike. The decoder accepts more than a
 * server may send, over HTTP/2 in particular.
 */
final class ResponseHeadValidator {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int LAST = 999;
    /** The token characters beside letters and digits. */
    private static final String NAME_MARKS = "-_!#$%&'*+.^`|~";

    private ResponseHeadValidator() {}

    static boolean isValid(UpstreamResponse response, boolean upgrade) {
        int status = response.status();
        // A 101 is valid only if an upgrade was requested.
        boolean sound = status == SWITCHING_PROTOCOLS ? upgrade : status >= FIRST_FINAL && status <= LAST;
        return sound && isValid(response.headers());
    }

    /** Whether the headers of a final or an interim response are valid. */
    static boolean isValid(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (!isName(header.getKey())
                    || !isPlain(header.getValue())
                    || !isFraming(header.getKey(), header.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean common = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || (c >= '0' && c <= '9');
            if (!common && NAME_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0x7f || (c < ' ' && c != '\t')) {
                return false;
            }
        }
        return true;
    }

    /** Whether a header is no transfer coding, or {@code chunked}: the client would not know of any other. */
    private static boolean isFraming(String name, String value) {
        return name.length() != "Transfer-Encoding".length()
                || !name.equalsIgnoreCase("Transfer-Encoding")
                || value.equalsIgnoreCase("chunked");
    }
}
