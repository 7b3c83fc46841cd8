package io.heliograph.rest.caching;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The entity tags that a conditional header names (RFC 9110, section 13.1). Those of the services are always strong. */
public record EntityTags(boolean any, List<String> tags) {

    private static final String TAG = "(?:W/)?\"[^\"]*\"";
    private static final Pattern EACH = Pattern.compile(TAG);
    private static final Pattern LIST = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*\\s*");

    /**
     * Of {@code If-Match}; null allows any version. A malformed header is rejected with {@code 400}, because ignoring
     * it could overwrite a change that the caller has not seen.
     */
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

    /** Of {@code If-None-Match}; null and a malformed header name no version. */
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

    /** The values of the strong tags; empty if any version is allowed. */
    public Optional<Set<String>> strongValues() {
        return any
                ? Optional.empty()
                : Optional.of(tags.stream()
                        .filter(tag -> tag.startsWith("\""))
                        .map(tag -> tag.substring(1, tag.length() - 1))
                        .collect(Collectors.toSet()));
    }

    /** The problem of an {@code If-Match} that does not name the present version. */
    public static ProblemException preconditionFailed(String detail) {
        return ProblemException.of(Status.PRECONDITION_FAILED, "precondition_failed", detail);
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
