package io.heliograph.gateway.server;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/** Detects malformed requests (RFC 9113, 8.1.1, 8.2, 8.3) and requests that cannot be forwarded over HTTP/1.1. */
final class Http2HeadersValidator {

    /** The token characters beside lower-case letters and digits. */
    private static final String NAME_MARKS = "-_!#$%&'*+.^`|~";

    private Http2HeadersValidator() {}

    /** The fault of a request; null if it is valid. */
    static String validateRequest(Http2Headers headers) {
        int pseudo = 0;
        boolean regular = false;
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            CharSequence name = field.getKey();
            if (name.length() > 0 && name.charAt(0) == ':') {
                int bit = pseudo(name);
                if (bit == 0 || (pseudo & bit) != 0 || regular) {
                    return "a pseudo-header out of place";
                }
                pseudo |= bit;
            } else {
                regular = true;
                String fault = validateField(name, field.getValue());
                if (fault != null) {
                    return fault;
                }
            }
        }
        return validateTarget(headers);
    }

    static String validateTrailers(Http2Headers headers) {
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            String fault = validateField(field.getKey(), field.getValue());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String validateTarget(Http2Headers headers) {
        CharSequence method = headers.method();
        if (method == null || !isToken(method, false)) {
            return "no method";
        }
        CharSequence authority = headers.authority();
        if (authority != null && !HostValidator.isValid(authority)) {
            return "no host";
        }
        CharSequence host = headers.get("host");
        if (host != null && (headers.getAll("host").size() > 1 || !HostValidator.isValid(host))) {
            return "no host";
        }
        CharSequence path = headers.path();
        return path == null || isVisible(path) ? null : "no path";
    }

    private static String validateField(CharSequence name, CharSequence value) {
        if (!isToken(name, true)) {
            return "no name of a field";
        } else if (isOfConnection(name, value)) {
            return "a field of a connection";
        }
        return isValue(value) ? null : "no value of a field";
    }

    /** A bit for each pseudo-header of a request; 0 for any other. */
    private static int pseudo(CharSequence name) {
        return switch (name.toString()) {
            case ":method" -> 1;
            case ":scheme" -> 2;
            case ":authority" -> 4;
            case ":path" -> 8;
            default -> 0;
        };
    }

    private static boolean isOfConnection(CharSequence name, CharSequence value) {
        return switch (name.length()) {
            case 2 -> same(name, "te") && !same(value, "trailers");
            case 7 -> same(name, "upgrade");
            case 10 -> same(name, "connection") || same(name, "keep-alive");
            case 16 -> same(name, "proxy-connection");
            case 17 -> same(name, "transfer-encoding");
            default -> false;
        };
    }

    private static boolean same(CharSequence a, CharSequence b) {
        return CharSequence.compare(a, b) == 0;
    }

    private static boolean isToken(CharSequence text, boolean small) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean common = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (!small && c >= 'A' && c <= 'Z');
            if (!common && NAME_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return text.length() > 0;
    }

    /** Whether the value has no control characters, and no whitespace at either end. */
    private static boolean isValue(CharSequence value) {
        int last = value.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = value.charAt(i);
            boolean blank = c == ' ' || c == '\t';
            if (c == 0x7f || (c < ' ' && !blank) || (blank && (i == 0 || i == last))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(CharSequence path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return path.length() > 0;
    }
}
