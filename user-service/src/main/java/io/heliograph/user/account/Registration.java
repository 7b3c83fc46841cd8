package io.heliograph.user.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What a new account is asked for. Usernames and addresses are ASCII, so that no two of them look alike and case is
 * all there is to fold; a display name may be in any script but holds nothing that steers a terminal or turns the text.
 */
record Registration(
        @NotNull(message = NEEDED)
        @Pattern(
                regexp = USERNAME,
                message = "must be 3 to 32 of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or a digit")
        String username,

        @NotNull(message = NEEDED)
        @Size(max = 254, message = "must have at most 254 characters")
        @Pattern(regexp = EMAIL, message = "must be an email address")
        String email,

        @NotNull(message = NEEDED) @Size(min = 8, max = 128, message = "must have 8 to 128 characters")
        String password,

        @Pattern(
                regexp = DISPLAY_NAME,
                message = "must have 1 to 64 characters, one of them visible and none a control character")
        String displayName) {

    private static final String NEEDED = "is needed";
    private static final String USERNAME = "[A-Za-z0-9][A-Za-z0-9._-]{2,31}";
    /** Plausible, no more: whether mail arrives is known when it has. */
    private static final String EMAIL = "[!-?A-~]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

    private static final String DISPLAY_NAME =
            "(?s)(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]{1,64}";

    String displayNameOrUsername() {
        return displayName == null ? username : displayName;
    }
}
