package io.heliograph.user.serviceaccount;

import io.heliograph.user.token.OpaqueSecret;
import java.security.SecureRandom;

/** An {@link OpaqueSecret} by which a service account authenticates. */
record ClientSecret(String value) {

    /** Lets scanners recognize a secret in a repository or a log. */
    private static final String PREFIX = "hgcs_";

    static ClientSecret next(SecureRandom random) {
        return new ClientSecret(PREFIX + OpaqueSecret.next(random));
    }

    byte[] hash() {
        return OpaqueSecret.hash(value);
    }

    /** Does not include the secret, unlike the default of records, in case this is logged. */
    @Override
    public String toString() {
        return "ClientSecret";
    }
}
