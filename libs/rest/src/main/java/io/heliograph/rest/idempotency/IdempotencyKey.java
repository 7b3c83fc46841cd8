package io.heliograph.rest.idempotency;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import java.util.List;

/**
 * The value of the field {@code Idempotency-Key} of a request that may be repeated: a string in double quotes, as the
 * IETF draft has it (RFC 9651, section 3.3.3), or the same without quotes. Both are the same key.
 */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** In characters; a UUID has 36. */
    public static final int MAX_LENGTH = 128;

    private IdempotencyKey() {}

    /** The key, or null if there is none. Throws a {@link ProblemException} if it is malformed. */
    public static String of(String header) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        String key = value.startsWith("\"") ? unquoted(value) : value;
        boolean printable = key != null && key.chars().allMatch(each -> each >= ' ' && each != 127);
        if (!printable || key.isEmpty() || key.codePointCount(0, key.length()) > MAX_LENGTH) {
            throw ProblemException.invalid(List.of(new FieldError(
                    HEADER, "must have 1 to " + MAX_LENGTH + " visible characters, in double quotes or without")));
        }
        return key;
    }

    /** Null if it is no string: only a quote and a backslash are escaped, and nothing comes behind it. */
    private static String unquoted(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int at = 1; at < value.length(); at++) {
            char each = value.charAt(at);
            if (each == '"') {
                return at == value.length() - 1 ? text.toString() : null;
            }
            if (each == '\\') {
                at++;
                if (at == value.length() || (value.charAt(at) != '"' && value.charAt(at) != '\\')) {
                    return null;
                }
                each = value.charAt(at);
            }
            text.append(each);
        }
        return null;
    }
}
