package io.heliograph.user.external;

import io.heliograph.user.account.DisplayName;
import io.heliograph.user.account.EmailAddress;
import io.heliograph.user.account.Username;

/** What an issuer says of someone, which need not pass for a profile here. Each may be null. */
record ProfileClaims(
        @Username String username,
        @EmailAddress String email,
        @DisplayName String displayName) {}
