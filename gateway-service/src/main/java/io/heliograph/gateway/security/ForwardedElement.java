package io.heliograph.gateway.security;

import java.util.Locale;

/** What one proxy says of the side from which it was asked, in an element of {@code Forwarded}; null where it does not. */
record ForwardedElement(String node, String scheme, String host) {

    static ForwardedElement parse(String element) {
        String node = null;
        String scheme = null;
        String host = null;
        int start = 0;
        while (start < element.length()) {
            int end = endOfPair(element, start);
            int equals = element.indexOf('=', start);
            if (equals > 0 && equals < end) {
                String value = IpAddresses.unquoted(element.substring(equals + 1, end));
                switch (element.substring(start, equals).trim().toLowerCase(Locale.ROOT)) {
                    case "for" -> node = value;
                    case "proto" -> scheme = value;
                    case "host" -> host = value;
                    default -> {}
                }
            }
            start = end + 1;
        }
        return new ForwardedElement(node, scheme, host);
    }

    private static int endOfPair(String element, int start) {
        boolean quoted = false;
        for (int i = start; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == ';' && !quoted) {
                return i;
            }
            quoted ^= c == '"';
        }
        return element.length();
    }
}
