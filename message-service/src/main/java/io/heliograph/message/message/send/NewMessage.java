package io.heliograph.message.message.send;

import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.metadata.Metadata;
import java.time.Instant;
import java.util.UUID;

/**
 * A message to be stored. It may be submitted again: {@code clientId} makes it take effect once per room and sender. An
 * imported message has an {@code attribution} and may have its own time; both are null for a message that a client sends.
 */
public record NewMessage(
        UUID room,
        Sender sender,
        String clientId,
        String content,
        MessageAttributes attributes,
        Instant createdAt,
        ImportAttribution attribution) {

    /** A message that has only content. */
    public NewMessage(UUID room, Sender sender, String clientId, String content) {
        this(room, sender, clientId, content, MessageAttributes.NONE);
    }

    /** A message that a client sends. */
    public NewMessage(UUID room, Sender sender, String clientId, String content, MessageAttributes attributes) {
        this(room, sender, clientId, content, attributes, null, null);
    }

    /** In characters (code points). */
    public static final int MAX_CONTENT = 8_000;

    /** In characters; a UUID has 36. */
    public static final int MAX_CLIENT_ID = 128;

    /** Whether it has no attributes and is not imported. */
    boolean isPlain() {
        return attribution == null && attributes.equals(MessageAttributes.NONE);
    }

    /** The approximate memory of the waiting message in bytes: two per character plus the objects. */
    int weight() {
        Metadata metadata = attributes.metadata();
        return 512
                + 2 * content.length()
                + (metadata == null ? 0 : 2 * metadata.json().length())
                + 64 * attributes.mentions().size();
    }
}
