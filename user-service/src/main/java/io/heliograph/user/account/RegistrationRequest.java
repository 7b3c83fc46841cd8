package io.heliograph.user.account;

import io.heliograph.user.signin.password.NewPassword;
import jakarta.validation.constraints.NotNull;

/** What a new account is asked for. */
record RegistrationRequest(
        @NotNull(message = NEEDED) @Username String username,

        @NotNull(message = NEEDED) @EmailAddress String email,

        @NotNull(message = NEEDED) @NewPassword String password,

        @DisplayName String displayName) {

    private static final String NEEDED = "is needed";
}
