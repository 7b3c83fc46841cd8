package io.heliograph.user.external;

import io.heliograph.user.account.DisplayName;
import io.heliograph.user.account.EmailAddress;
import io.heliograph.user.account.Username;

/** The profile claims of an issuer, which may break the rules for profiles here. Each may be null. */
record ProfileClaims(
        @Username String username,
        @EmailAddress String email,
        @DisplayName String displayName) {}
