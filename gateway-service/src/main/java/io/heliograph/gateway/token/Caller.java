package io.heliograph.gateway.token;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Who a verified access token speaks for. {@code session} is empty where the issuer names none. */
public record Caller(UUID id, String username, Set<String> roles, String session, Instant expiresAt) {}
