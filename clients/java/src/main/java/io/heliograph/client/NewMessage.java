package io.heliograph.client;

import java.util.Objects;
import java.util.UUID;

/**
 * A message to be sent.
 *
 * @param content 1 to 8,000 characters
 * @param clientId 1 to 128 characters that no other message of this sender in this room has, ever: the same one with the
 *     same content is stored once
 */
public record NewMessage(String content, String clientId) {

    public NewMessage {
        Objects.requireNonNull(content);
        Objects.requireNonNull(clientId);
    }

    /** One with a new {@code clientId}. */
    public static NewMessage of(String content) {
        return new NewMessage(content, UUID.randomUUID().toString());
    }

    public NewMessage withClientId(String newClientId) {
        return new NewMessage(content, newClientId);
    }
}
