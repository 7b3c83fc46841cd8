package io.heliograph.gateway.routing;

/**
 * Paths as they were received. The gateway matches the bytes that it forwards; a path that a service or a proxy could
 * normalize to another one is rejected.
 */
public final class RequestPath {

    private RequestPath() {}

    /** The part of a request target before the query, not decoded. */
    public static String of(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /**
     * Whether a path has empty or dot segments (also encoded), an encoded slash, backslash, percent or control
     * character, an invalid escape, a parameter ({@code ;}), or a character that must be encoded.
     */
    public static boolean isAmbiguous(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return true;
        }
        int length = 0;
        int dots = 0;
        for (int i = 1; i < path.length(); i++) {
            int c = path.charAt(i);
            if (c == '/') {
                if (length == 0 || isDots(length, dots)) {
                    return true;
                }
                length = 0;
                dots = 0;
                continue;
            }
            boolean encoded = c == '%';
            if (encoded) {
                c = decoded(path, i);
                i += 2;
            }
            if (encoded ? isTrapWhenEncoded(c) : isTrap(c)) {
                return true;
            }
            length++;
            dots += c == '.' ? 1 : 0;
        }
        return isDots(length, dots);
    }

    /** Whether a configured path is unambiguous, without escapes, query and trailing slash. */
    static boolean isPlain(String path) {
        return !isAmbiguous(path) && path.indexOf('%') < 0 && path.indexOf('?') < 0 && !path.endsWith("/");
    }

    private static boolean isDots(int length, int dots) {
        return length == dots && (length == 1 || length == 2);
    }

    private static boolean isTrap(int c) {
        return c <= ' ' || c >= 0x7f || c == ';' || c == '#' || c == '\\';
    }

    private static boolean isTrapWhenEncoded(int c) {
        return c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == '%';
    }

    /** The byte of the escape at {@code i}; -1 if the escape is invalid. */
    private static int decoded(String path, int i) {
        if (i + 2 >= path.length()) {
            return -1;
        }
        int high = hex(path.charAt(i + 1));
        int low = hex(path.charAt(i + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        return c < 0x7f ? Character.digit(c, 16) : -1;
    }
}
