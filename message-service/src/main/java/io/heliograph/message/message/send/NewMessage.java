package io.heliograph.message.message.send;

import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/**
 * A message to be stored. It may be submitted again: {@code clientId} makes it take effect once per room and sender. An
 * imported message has an {@code attribution} and may have its own time; both are null for a message that a client sends.
 */
public record NewMessage(
        UUID room, Sender sender, String clientId, String content, Instant createdAt, ImportAttribution attribution) {

    public NewMessage(UUID room, Sender sender, String clientId, String content) {
        this(room, sender, clientId, content, null, null);
    }

    /** In characters (code points). */
    public static final int MAX_CONTENT = 8_000;

    /** In characters; a UUID has 36. */
    public static final int MAX_CLIENT_ID = 128;

    /** The memory that it takes while it waits, roughly, in bytes: two per character plus the objects. */
    int weight() {
        return 512 + 2 * content.length();
    }
}
