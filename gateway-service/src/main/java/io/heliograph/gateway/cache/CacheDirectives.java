package io.heliograph.gateway.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The directives of a {@code Cache-Control} header. Parsing is lenient, evaluation strict: unknown directives are
 * ignored, of a repeated directive the stricter value counts, and an invalid time is zero.
 */
final class CacheDirectives {

    /** An absent time. */
    static final long ABSENT = -1;

    /** What a longer time, or one too long to be read, counts as; by RFC 9111, 1.2.2. */
    private static final long LONGEST_SECONDS = 1L << 31;

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

    /** The time that this directive gives, {@link #ABSENT} if there is no such directive. */
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

    /** Where the directive that starts here ends. A comma between quotes is part of it, if the quotes are closed. */
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

    /** Where the string that is opened here is closed; -1 if it is not, and what follows must not hide in it. */
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

    /** Digits, which some put in quotes; of anything else nothing is left. */
    static long parse(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String digits = quoted ? text.substring(1, text.length() - 1) : text;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = Math.min(LONGEST_SECONDS, value * 10 + c - '0');
        }
        return value;
    }
}
