package io.heliograph.user.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An {@link AuditEvent} as it is read back. {@code actor} is null where the service did it by itself; {@code roles} and
 * {@code until} are those of a change of roles and of a ban.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "UserAuditEvent")
record AuditRecord(
        UUID id,
        Instant at,
        @Schema(examples = "account_ban") String event,
        @Schema(nullable = true) AuditedUser actor,
        AuditedUser user,
        @Schema(nullable = true) UUID session,
        @Schema(nullable = true) String reason,
        @Schema(nullable = true) List<String> roles,
        @Schema(nullable = true) Instant until) {}
