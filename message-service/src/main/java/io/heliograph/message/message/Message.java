package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/** A message with its present content, at its place in the room. {@code rev} is that of its latest change. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        UUID room,
        long seq,
        long rev,
        Sender sender,
        String clientId,
        String content,
        Instant createdAt,
        Instant editedAt,
        Instant deletedAt) {}
