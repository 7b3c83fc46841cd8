package io.heliograph.user.profile;

import io.heliograph.user.problem.FieldError;
import io.heliograph.user.problem.Refusal;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The versions of a profile that a conditional header names. */
record EntityTags(boolean any, List<String> tags) {

    private static final String TAG = "(?:W/)?\"[^\"]*\"";
    private static final Pattern EACH = Pattern.compile(TAG);
    private static final Pattern LIST = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*\\s*");

    static EntityTag of(long version) {
        return new EntityTag(Long.toString(version));
    }

    /** Without the header any version will do. One that is malformed is refused: what it was to prevent might happen. */
    static EntityTags ifMatch(String header) {
        if (header == null) {
            return new EntityTags(true, List.of());
        }
        EntityTags named = of(header);
        if (!named.any && !LIST.matcher(header).matches()) {
            throw Refusal.invalid(List.of(new FieldError(HttpHeaders.IF_MATCH, "must be * or entity tags in quotes")));
        }
        return named;
    }

    /** Without the header no version is known yet, nor by one that is malformed. */
    static EntityTags ifNoneMatch(String header) {
        return header == null ? new EntityTags(false, List.of()) : of(header);
    }

    /** As {@code If-Match} wants it (RFC 9110): a weak tag is never one of ours. */
    boolean nameStrongly(long version) {
        return any || tags.contains(text(version));
    }

    /** As {@code If-None-Match} wants it: a proxy that compresses may have made our tag a weak one. */
    boolean nameWeakly(long version) {
        return nameStrongly(version) || tags.contains("W/" + text(version));
    }

    private static EntityTags of(String header) {
        return new EntityTags(
                header.trim().equals("*"),
                EACH.matcher(header).results().map(MatchResult::group).toList());
    }

    private static String text(long version) {
        return '"' + Long.toString(version) + '"';
    }
}
