package io.heliograph.message.message.send;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The client ids of messages that were sent without one, in a batch with an idempotency key. */
final class BatchClientIds {

    private BatchClientIds() {}

    /** The client id of a message: the same each time the batch is repeated, and within the limit of client ids. */
    static String of(String key, int place) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "batch-" + HexFormat.of().formatHex(digest) + "-" + place;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
