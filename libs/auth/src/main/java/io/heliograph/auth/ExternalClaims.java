package io.heliograph.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The claims of another issuer about a user. Their username or name may be that of another user here.
 *
 * @param subject the value of the configured user claim, 1 to 255 characters without control characters
 * @param username null if the token has none
 * @param email null if the token has none that the issuer has verified
 * @param name null if the token has none
 * @param issuedAt the claims of the later token are used; the epoch if the token has none
 */
public record ExternalClaims(
        String issuer, String subject, String username, String email, String name, Instant issuedAt) {

    /** As OpenID Connect bounds a {@code sub}, without what PostgreSQL cannot hold. */
    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /** Whether an issuer may call a person so. */
    public static boolean isSubject(String text) {
        return SUBJECT.matcher(text).matches();
    }

    /**
     * The id of the account of a user of this issuer: a UUID of version 8, derived from issuer and subject. It never
     * changes, cannot be chosen, and every service computes it without a request.
     */
    public static UUID accountId(String issuer, String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(subject.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xf000L) | 0x8000L;
            long low = (hash.getLong() >>> 2) | Long.MIN_VALUE;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
