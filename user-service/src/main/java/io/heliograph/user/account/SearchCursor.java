package io.heliograph.user.account;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The position at which a search continues. Results are in the order of the matched name, without case, then of the id.
 * For callers it is opaque text.
 */
record SearchCursor(String name, UUID id) {

    static final SearchCursor START = new SearchCursor("", new UUID(0, 0));

    /** A character that no name has. */
    private static final String SEPARATOR = "\0";

    static SearchCursor parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split(SEPARATOR, -1);
            if (parts.length == 2) {
                return new SearchCursor(parts[0], UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException notOurs) {
            // Rejected below, like a cursor of another form.
        }
        throw ProblemException.invalid(List.of(new FieldError("after", "must be the next of another page")));
    }

    String cursor() {
        byte[] text = (name + SEPARATOR + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
