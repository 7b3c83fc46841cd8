package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * Validates the head of an upstream response: every reader must read it alike. The parser accepts more than a server
 * may send, over HTTP/2 in particular.
 */
final class ResponseHeadValidator {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int LAST = 999;
    /** Letters and digits aside. */
    private static final String NAME_MARKS = "-_!#$%&'*+.^`|~";

    private ResponseHeadValidator() {}

    static boolean isValid(UpstreamResponse response, boolean upgrade) {
        int status = response.status();
        // Less is no valid status, and a switch of protocols must have been requested.
        boolean sound = status == SWITCHING_PROTOCOLS ? upgrade : status >= FIRST_FINAL && status <= LAST;
        return sound && isValid(response.headers());
    }

    /** Whether these are headers that a server may send, be it with an answer or before one. */
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

    /** What another transfer coding has done to a body, the client would not know of. */
    private static boolean isFraming(String name, String value) {
        return name.length() != "Transfer-Encoding".length()
                || !name.equalsIgnoreCase("Transfer-Encoding")
                || value.equalsIgnoreCase("chunked");
    }
}
