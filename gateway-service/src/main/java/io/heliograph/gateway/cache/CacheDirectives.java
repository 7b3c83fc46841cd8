package io.heliograph.gateway.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The directives of a {@code Cache-Control} header. Unknown directives are ignored; of a repeated directive the
 * stricter value applies, and an invalid time is zero.
 */
final class CacheDirectives {

    /** The value of an absent directive. */
    static final long ABSENT = -1;

    /** The upper bound of a time (RFC 9111, 1.2.2). */
    private static final long MAX_SECONDS = 1L << 31;

    private static final CacheDirectives NONE = new CacheDirectives();

    private final Map<String, Long> seconds = new HashMap<>();

    private CacheDirectives() {}

    static CacheDirectives of(List<String> lines) {
        if (lines.isEmpty()) {
            return NONE;
        }
        CacheDirectives directives = new CacheDirectives();
        for (String line : lines) {
            directives.read(line);
        }
        return directives;
    }

    boolean has(String name) {
        return seconds.containsKey(name);
    }

    /** The value of a directive in seconds; {@link #ABSENT} if there is no such directive. */
    long seconds(String name) {
        return seconds.getOrDefault(name, ABSENT);
    }

    private void read(String line) {
        int start = 0;
        while (start < line.length()) {
            int end = end(line, start);
            add(line.substring(start, end));
            start = end + 1;
        }
    }

    /** The end of the directive that starts at {@code start}. A comma in a quoted string does not end it. */
    private static int end(String line, int start) {
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ',') {
                return i;
            }
            if (c == '"') {
                i = Math.max(i, closing(line, i));
            }
        }
        return line.length();
    }

    /** The index of the closing quote; -1 if there is none, so that an open quote does not hide further directives. */
    private static int closing(String line, int open) {
        for (int i = open + 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private void add(String directive) {
        int equals = directive.indexOf('=');
        String name =
                (equals < 0 ? directive : directive.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            long value = equals < 0 ? 0 : parse(directive.substring(equals + 1).trim());
            seconds.merge(name, value, name.equals("min-fresh") ? Math::max : Math::min);
        }
    }

    /** Parses digits, which may be quoted; anything else is 0. */
    static long parse(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String digits = quoted ? text.substring(1, text.length() - 1) : text;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = Math.min(MAX_SECONDS, value * 10 + c - '0');
        }
        return value;
    }
}
