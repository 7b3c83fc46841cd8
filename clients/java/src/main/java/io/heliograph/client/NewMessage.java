package io.heliograph.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A message to be sent.
 *
 * @param content 1 to 8,000 characters
 * @param clientId 1 to 128 characters, unique among all messages of this sender in this room: the same message with the
 *     same id is stored once
 * @param metadata data of the program, at most 4,096 bytes of JSON and 5 levels deep; null for none
 * @param replyTo the {@code seq} of the message that it replies to; null for none
 * @param mentions the ids of up to 50 members of the room; null for none
 */
public record NewMessage(
        String content, String clientId, Map<String, ?> metadata, Long replyTo, List<String> mentions) {

    public NewMessage {
        Objects.requireNonNull(content);
        Objects.requireNonNull(clientId);
        mentions = mentions == null || mentions.isEmpty() ? null : List.copyOf(mentions);
    }

    /** A message with a new {@code clientId}. */
    public static NewMessage of(String content) {
        return new NewMessage(content, UUID.randomUUID().toString(), null, null, null);
    }

    public NewMessage withClientId(String newClientId) {
        return new NewMessage(content, newClientId, metadata, replyTo, mentions);
    }

    /** This message with these data, which must not be changed any more. */
    public NewMessage withMetadata(Map<String, ?> newMetadata) {
        return new NewMessage(content, clientId, newMetadata, replyTo, mentions);
    }

    public NewMessage inReplyTo(long seq) {
        return new NewMessage(content, clientId, metadata, seq, mentions);
    }

    public NewMessage mentioning(String... users) {
        return new NewMessage(content, clientId, metadata, replyTo, List.of(users));
    }
}
