package io.heliograph.user.session;

import io.heliograph.user.token.OpaqueSecret;
import java.security.SecureRandom;

/** An {@link OpaqueSecret} that is good for one refresh. */
record RefreshToken(String value) {

    static RefreshToken next(SecureRandom random) {
        return new RefreshToken(OpaqueSecret.next(random));
    }

    byte[] hash() {
        return OpaqueSecret.hash(value);
    }

    /** Never the secret: records print their fields, and one day someone logs this. */
    @Override
    public String toString() {
        return "RefreshToken";
    }
}
