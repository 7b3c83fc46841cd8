package io.heliograph.user.account;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The search text and the requested page. */
class SearchRequest {

    private static final String LIMIT = "must be 1 to 200";
    /** No name is longer; PostgreSQL does not accept text with NUL or half a character. */
    private static final Pattern PREFIX = Pattern.compile("[^\\x00\\p{Cs}]{1,64}");

    @Parameter(description = "The beginning of a name", schema = @Schema(minLength = 1, maxLength = 64))
    @QueryParam("query")
    String query;

    /** 200 profiles are some 40 KB: enough for any list on a screen. */
    @QueryParam("limit")
    @DefaultValue("50")
    @Min(value = 1, message = LIMIT)
    @Max(value = 200, message = LIMIT)
    int limit;

    @QueryParam("after")
    String after;

    /** The query, folded like display names, so that a match does not depend on the way of typing. */
    String prefix() {
        String prefix = DisplayNames.fold(query);
        if (!PREFIX.matcher(prefix).matches()) {
            throw ProblemException.invalid(
                    List.of(new FieldError("query", "must have 1 to 64 characters, none of them NUL")));
        }
        return prefix;
    }

    SearchCursor place() {
        return after == null ? SearchCursor.START : SearchCursor.parse(after);
    }
}
