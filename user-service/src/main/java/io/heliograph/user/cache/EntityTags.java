package io.heliograph.user.cache;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The entity tags that a conditional header names (RFC 9110, 13.1). Our own are always strong. */
public record EntityTags(boolean any, List<String> tags) {

    private static final String TAG = "(?:W/)?\"[^\"]*\"";
    private static final Pattern EACH = Pattern.compile(TAG);
    private static final Pattern LIST = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*\\s*");

    /** Without the header any version will do. One that is malformed is refused: what it was to prevent might happen. */
    public static EntityTags ifMatch(String header) {
        if (header == null) {
            return new EntityTags(true, List.of());
        }
        EntityTags named = of(header);
        if (!named.any && !LIST.matcher(header).matches()) {
            throw ProblemException.invalid(
                    List.of(new FieldError(HttpHeaders.IF_MATCH, "must be * or entity tags in quotes")));
        }
        return named;
    }

    /** Without the header no version is known yet, nor by one that is malformed. */
    public static EntityTags ifNoneMatch(String header) {
        return header == null ? new EntityTags(false, List.of()) : of(header);
    }

    /** The strong comparison that {@code If-Match} needs: a weak tag matches nothing. */
    public boolean nameStrongly(EntityTag tag) {
        return any || tags.contains(text(tag));
    }

    /** The weak comparison of {@code If-None-Match}: a proxy that compresses may have made our tag a weak one. */
    public boolean nameWeakly(EntityTag tag) {
        return nameStrongly(tag) || tags.contains("W/" + text(tag));
    }

    private static EntityTags of(String header) {
        return new EntityTags(
                header.trim().equals("*"),
                EACH.matcher(header).results().map(MatchResult::group).toList());
    }

    private static String text(EntityTag tag) {
        return '"' + tag.getValue() + '"';
    }
}
