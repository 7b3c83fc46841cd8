package io.heliograph.user.serviceaccount;

import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A service account, as administrators see it.
 *
 * @param clientId the client id that it authenticates with: its id as text
 * @param username shown as the sender of its messages
 * @param issuer the issuer whose user ids it uses, for token exchange
 * @param createdBy the administrator who created it
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
    @Schema(name = "ServiceAccountSecret")
    record SecretView(
            UUID id,
            Instant createdAt,
            @Schema(nullable = true) Instant lastUsedAt) {}

    static String path(Object id) {
        return "/api/service-accounts/" + id;
    }

    static ProblemException unknown() {
        return ProblemException.of(Status.NOT_FOUND, "service_account_not_found", "There is no such service account.");
    }
}
