package io.heliograph.gateway.server;

/**
 * Validates a host with an optional port (RFC 9110, 7.2): names, addresses and ports, without percent-encoding and
 * without characters that a parser could take for the end of the host.
 */
final class HostValidator {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_PORT = 65_535;

    private HostValidator() {}

    static boolean isValid(CharSequence host) {
        int length = host.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        int end = host.charAt(0) == '[' ? endOfAddress(host) : endOfName(host);
        return end > 0 && (end == length || (host.charAt(end) == ':' && isPort(host, end + 1)));
    }

    private static int endOfName(CharSequence host) {
        int i = 0;
        while (i < host.length() && isOfName(host.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index after the closing bracket; 0 if the address is invalid. */
    private static int endOfAddress(CharSequence host) {
        int i = 1;
        while (i < host.length() && isOfAddress(host.charAt(i))) {
            i++;
        }
        boolean closed = i > 2 && i < host.length() && host.charAt(i) == ']';
        return closed ? i + 1 : 0;
    }

    private static boolean isPort(CharSequence host, int start) {
        int port = 0;
        for (int i = start; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
            if (port > MAX_PORT) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_'
                || c == '~';
    }

    private static boolean isOfAddress(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    }
}
