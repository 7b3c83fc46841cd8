package io.heliograph.user.serviceaccount;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret of a service account, of 256 random bits. Only its SHA-256 is stored: there is nothing to guess, so neither
 * salt nor a slow hash would add anything, and a check costs no more than a look-up.
 */
record ClientSecret(String value) {

    private static final int BYTES = 32;
    /** By which scanners recognize a secret in a repository or a log. */
    private static final String PREFIX = "hgcs_";

    static ClientSecret next(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new ClientSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Never the secret: records print their fields, and one day someone logs this. */
    @Override
    public String toString() {
        return "ClientSecret";
    }
}
