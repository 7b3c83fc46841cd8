package io.heliograph.message.cache;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code If-Match}: one of these tags as what the caller has seen, or anything. A weak tag is never one of ours. */
public record Precondition(Optional<Set<String>> tags) {

    private static final String TAG = "(?:W/)?\"[^\"]*\"";
    private static final Pattern TAGS = Pattern.compile("\\s*" + TAG + "(?:\\s*,\\s*" + TAG + ")*\\s*");
    private static final Pattern STRONG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** Of the header, which may be null. Throws a refusal for what is neither a star nor a list of tags. */
    public static Precondition of(String header) {
        if (header == null || header.trim().equals("*")) {
            return new Precondition(Optional.empty());
        }
        if (!TAGS.matcher(header).matches()) {
            throw ProblemException.invalid(List.of(new FieldError("If-Match", "must be * or entity tags in quotes")));
        }
        return new Precondition(Optional.of(STRONG.matcher(header)
                .results()
                .filter(tag -> tag.group(1) == null)
                .map(tag -> tag.group(2))
                .collect(Collectors.toSet())));
    }

    public boolean holds(EntityTag present) {
        return tags.map(seen -> seen.contains(present.getValue())).orElse(true);
    }

    public static ProblemException failed(String what) {
        return ProblemException.of(
                Status.PRECONDITION_FAILED,
                "precondition_failed",
                "The " + what + " has been changed or removed since; read it again.");
    }
}
