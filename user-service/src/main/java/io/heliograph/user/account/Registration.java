package io.heliograph.user.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a new account is asked for. */
record Registration(
        @NotNull(message = NEEDED) @Username String username,

        @NotNull(message = NEEDED) @EmailAddress String email,

        @NotNull(message = NEEDED) @Size(min = 8, max = 128, message = "must have 8 to 128 characters")
        String password,

        @DisplayName String displayName) {

    private static final String NEEDED = "is needed";

    String displayNameOrUsername() {
        return displayName == null ? username : displayName;
    }
}
