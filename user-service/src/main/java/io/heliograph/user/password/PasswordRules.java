package io.heliograph.user.password;

import io.heliograph.user.problem.FieldError;
import io.heliograph.user.problem.Refusal;
import java.util.List;
import java.util.Optional;

/** What a password may not be, depending on whose it is; the rest is said by {@link NewPassword}. */
public final class PasswordRules {

    private PasswordRules() {}

    /** Fails with {@code invalid_request} naming the field. */
    public static void require(String field, String password, String username, String email) {
        objection(field, password, username, email).ifPresent(error -> {
            throw Refusal.invalid(List.of(error));
        });
    }

    /** What is wrong with it, if something is. Case makes no difference; {@code email} may be null. */
    public static Optional<FieldError> objection(String field, String password, String username, String email) {
        boolean same = password.equalsIgnoreCase(username)
                || password.equalsIgnoreCase(email)
                || password.equalsIgnoreCase(localPart(email));
        return same
                ? Optional.of(new FieldError(field, "must not be the username or the email address"))
                : Optional.empty();
    }

    private static String localPart(String email) {
        return email == null ? null : email.substring(0, email.indexOf('@'));
    }
}
