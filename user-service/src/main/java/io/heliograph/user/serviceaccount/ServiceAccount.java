package io.heliograph.user.serviceaccount;

import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An account of a program, as administrators see it.
 *
 * @param clientId what the program shows with its secret; the id, as text
 * @param username by which it sends messages
 * @param issuer whose ids of people it knows, for token exchange
 * @param createdBy the administrator who made it
 * @param secrets at most two, the newest first
 */
record ServiceAccount(
        UUID id,
        String clientId,
        String name,
        String username,
        List<String> roles,
        String issuer,
        Instant createdAt,
        UUID createdBy,
        List<SecretView> secrets) {

    /** A secret without its value. {@code lastUsedAt} is to the minute, and null if it was never used. */
    record SecretView(UUID id, Instant createdAt, Instant lastUsedAt) {}

    static ProblemException unknown() {
        return ProblemException.of(Status.NOT_FOUND, "service_account_not_found", "There is no such service account.");
    }
}
