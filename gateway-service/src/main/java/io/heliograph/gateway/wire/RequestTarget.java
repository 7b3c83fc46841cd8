package io.heliograph.gateway.wire;

/** What a request is for, as it was sent. */
final class RequestTarget {

    private RequestTarget() {}

    /**
     * Whether a path and its query are ones that {@code java.net.URI} reads. Quarkus has it read each, and refuses the
     * others before anybody could give a reason.
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
}
