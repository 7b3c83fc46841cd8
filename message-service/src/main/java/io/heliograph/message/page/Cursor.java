package io.heliograph.message.page;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The position at which a list continues, as opaque text: parts without NUL. */
public final class Cursor {

    private static final String SEPARATOR = "\0";

    private Cursor() {}

    public static String of(Object... parts) {
        String text = Arrays.stream(parts).map(Object::toString).collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The result of {@code from} for the parts; throws the problem of an invalid cursor. */
    public static <T> T read(String cursor, int parts, Function<List<String>, T> from) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> found = List.of(text.split(SEPARATOR, -1));
            if (found.size() == parts) {
                return from.apply(found);
            }
        } catch (IllegalArgumentException notOurs) {
            // As with one of another length.
        }
        throw notOurs();
    }

    static ProblemException notOurs() {
        return ProblemException.invalid(List.of(new FieldError("after", "must be the next of another page")));
    }
}
