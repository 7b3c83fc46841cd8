package io.heliograph.message.room;

import io.heliograph.message.cache.Precondition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header by which one who changes a room says which version they have seen. Of {@link Room#tag} only the version
 * counts here: messages that came meanwhile take nothing from what was seen of name, topic and visibility.
 */
final class IfMatch {

    private static final Pattern OURS = Pattern.compile("(\\d{1,18})-\\d{1,18}");

    private IfMatch() {}

    /** The versions that are allowed, or null for any. */
    static Long[] versions(String header) {
        return Precondition.of(header)
                .tags()
                .map(tags -> tags.stream()
                        .map(OURS::matcher)
                        .filter(Matcher::matches)
                        .map(tag -> Long.valueOf(tag.group(1)))
                        .sorted()
                        .toArray(Long[]::new))
                .orElse(null);
    }
}
