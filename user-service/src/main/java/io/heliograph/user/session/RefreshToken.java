package io.heliograph.user.session;

import io.heliograph.user.token.OpaqueSecret;
import java.security.SecureRandom;

/** An {@link OpaqueSecret} that is valid for one refresh. */
record RefreshToken(String value) {

    static RefreshToken next(SecureRandom random) {
        return new RefreshToken(OpaqueSecret.next(random));
    }

    byte[] hash() {
        return OpaqueSecret.hash(value);
    }

    /** Does not include the secret, unlike the default of records, in case this is logged. */
    @Override
    public String toString() {
        return "RefreshToken";
    }
}
