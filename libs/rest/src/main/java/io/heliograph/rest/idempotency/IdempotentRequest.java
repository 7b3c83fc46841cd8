package io.heliograph.rest.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * A request that its caller may repeat under a key.
 *
 * @param digest of what is asked for
 */
public record IdempotentRequest(UUID caller, String key, byte[] digest) {

    /**
     * Null if the request has no key.
     *
     * @param header the field {@code Idempotency-Key}, or null
     * @param asked the operation and its parameters, whose texts say what is asked for
     */
    public static IdempotentRequest of(UUID caller, String header, Object... asked) {
        String key = IdempotencyKey.of(header);
        return key == null ? null : new IdempotentRequest(caller, key, digest(Arrays.toString(asked)));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
