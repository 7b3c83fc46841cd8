package io.heliograph.message.message.send;

import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;

/**
 * A wish to store a message. It may be repeated: {@code clientId} makes it take effect once per room and sender. What is
 * imported has an {@code origin}, and may have a time of its own; both are null for what is sent.
 */
public record NewMessage(UUID room, Sender sender, String clientId, String content, Instant createdAt, ImportAttribution origin) {

    public NewMessage(UUID room, Sender sender, String clientId, String content) {
        this(room, sender, clientId, content, null, null);
    }

    /** In characters (code points). */
    public static final int MAX_CONTENT = 8_000;

    /** In characters; a UUID has 36. */
    public static final int MAX_CLIENT_ID = 128;

    /** What it takes of memory while it waits, roughly, in bytes: two a character and the objects around. */
    int weight() {
        return 512 + 2 * content.length();
    }
}
