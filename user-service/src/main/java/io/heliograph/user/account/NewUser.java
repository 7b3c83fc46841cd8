package io.heliograph.user.account;

import io.heliograph.user.signin.password.NewPassword;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A request for an account of another user: as at registration, but the password may be left out, and the ids of the
 * user in other systems may be given.
 */
@RegisterForReflection
public record NewUser(
        @NotNull(message = NEEDED) @Username String username,
        @NotNull(message = NEEDED) @EmailAddress String email,
        @DisplayName String displayName,

        @NewPassword String password,

        @Size(max = 1, message = "must name one at most, since the id of the account is made of it")
        List<@NotNull(message = NEEDED) @Valid ExternalId> externalIds) {

    private static final String NEEDED = "is needed";

    /** Null if there is none. */
    public ExternalId externalId() {
        return externalIds == null || externalIds.isEmpty() ? null : externalIds.get(0);
    }
}
