package io.heliograph.message.room;

import io.heliograph.message.problem.FieldError;
import io.heliograph.message.problem.Refusal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The header by which one who changes a room says which version they have seen. Of {@link Room#tag} only the version
 * counts here: messages that came meanwhile take nothing from what was seen of name, topic and visibility.
 */
final class IfMatch {

    private static final String TAG = "(?:W/)?\"[^\"]*\"";
    private static final Pattern TAGS = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*\\s*");
    /** A weak tag is never one of ours. */
    private static final Pattern OURS = Pattern.compile("(?<![/\\w])\"(\\d{1,18})-\\d{1,18}\"");

    private IfMatch() {}

    /** The versions that are allowed, or null for any. */
    static Long[] versions(String header) {
        if (header == null || header.trim().equals("*")) {
            return null;
        }
        if (!TAGS.matcher(header).matches()) {
            throw Refusal.invalid(List.of(new FieldError("If-Match", "must be * or entity tags in quotes")));
        }
        return OURS.matcher(header).results().map(IfMatch::version).toArray(Long[]::new);
    }

    private static Long version(MatchResult tag) {
        return Long.valueOf(tag.group(1));
    }
}
