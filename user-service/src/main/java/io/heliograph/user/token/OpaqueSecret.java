package io.heliograph.user.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets of 256 random bits. Only their SHA-256 is stored: they cannot be guessed, so neither a salt nor a slow hash
 * is needed, and a check is one lookup.
 */
public final class OpaqueSecret {

    private static final int BYTES = 32;

    private OpaqueSecret() {}

    /** A new secret, as 43 characters of base64url. */
    public static String next(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** The stored hash of a secret. */
    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
