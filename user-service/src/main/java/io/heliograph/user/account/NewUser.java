package io.heliograph.user.account;

import io.heliograph.user.signin.password.NewPassword;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;

/** An account that somebody else makes: as at registration, but for the password, which may be left out. */
@RegisterForReflection
public record NewUser(
        @NotNull(message = NEEDED) @Username String username,
        @NotNull(message = NEEDED) @EmailAddress String email,
        @DisplayName String displayName,

        @NewPassword String password) {

    private static final String NEEDED = "is needed";
}
