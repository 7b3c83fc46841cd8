package io.heliograph.user.account;

import io.heliograph.user.signin.password.NewPassword;
import jakarta.validation.constraints.NotNull;

/** The request for a new account. */
record RegistrationRequest(
        @NotNull(message = NEEDED) @Username String username,

        @NotNull(message = NEEDED) @EmailAddress String email,

        @NotNull(message = NEEDED) @NewPassword String password,

        @DisplayName String displayName) {

    private static final String NEEDED = "is needed";
}
