package io.heliograph.client;

import java.time.Instant;

/** The response to a send: the message is stored. For a repeated {@code clientId} it is the first response again. */
public record Ack(String room, String clientId, long seq, long rev, Instant createdAt) {}
