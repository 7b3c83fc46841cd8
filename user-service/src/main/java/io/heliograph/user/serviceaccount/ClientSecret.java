package io.heliograph.user.serviceaccount;

import io.heliograph.user.token.OpaqueSecret;
import java.security.SecureRandom;

/** An {@link OpaqueSecret} by which a service account authenticates. */
record ClientSecret(String value) {

    /** By which scanners recognize a secret in a repository or a log. */
    private static final String PREFIX = "hgcs_";

    static ClientSecret next(SecureRandom random) {
        return new ClientSecret(PREFIX + OpaqueSecret.next(random));
    }

    byte[] hash() {
        return OpaqueSecret.hash(value);
    }

    /** Never the secret: records print their fields, and one day someone logs this. */
    @Override
    public String toString() {
        return "ClientSecret";
    }
}
