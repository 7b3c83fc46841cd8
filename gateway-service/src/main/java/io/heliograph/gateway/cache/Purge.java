package io.heliograph.gateway.cache;

import io.heliograph.gateway.routing.RequestPath;
import java.util.Arrays;
import java.util.Optional;

/** What a purge removes. Its text form is what gateways exchange. */
sealed interface Purge {

    /** All responses with this tag. */
    record OfTag(String tag) implements Purge {

        @Override
        public boolean matches(CacheEntry entry) {
            return Arrays.asList(entry.identity().tags()).contains(tag);
        }

        @Override
        public String toString() {
            return "tag:" + tag;
        }
    }

    /** All responses of this cache key. */
    record OfAddress(String key) implements Purge {

        @Override
        public boolean matches(CacheEntry entry) {
            return entry.identity().key().equals(key);
        }

        @Override
        public String toString() {
            return "address:" + key;
        }
    }

    /** All responses whose path matches the pattern, in which {@code *} matches any characters. */
    record OfPaths(String pattern) implements Purge {

        @Override
        public boolean matches(CacheEntry entry) {
            String key = entry.identity().key();
            int host = key.indexOf("//") + 2;
            return describes(pattern, RequestPath.of(key.substring(key.indexOf('/', host))));
        }

        @Override
        public String toString() {
            return "paths:" + pattern;
        }
    }

    boolean matches(CacheEntry entry);

    /** Parses the text form; empty if it is unknown. */
    static Optional<Purge> parse(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "tag" -> Optional.of(new OfTag(rest));
            case "address" -> Optional.of(new OfAddress(rest));
            case "paths" -> Optional.of(new OfPaths(rest));
            default -> Optional.empty();
        };
    }

    /** Whether a path matches a pattern. The time is bounded by the product of their lengths. */
    private static boolean describes(String pattern, String path) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int i = 0; i < path.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = i;
            } else if (p < pattern.length() && pattern.charAt(p) == path.charAt(i)) {
                p++;
                i++;
            } else if (star >= 0) {
                p = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
