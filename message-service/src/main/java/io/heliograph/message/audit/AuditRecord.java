package io.heliograph.message.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An {@link AuditEvent} as it is read back. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RoomAuditEvent")
record AuditRecord(
        UUID id,
        Instant at,
        AuditEvent.AuditKind event,
        Sender actor,
        @Schema(nullable = true) UUID room,
        @Schema(nullable = true) Sender user,
        @Schema(nullable = true) Long seq,
        @Schema(nullable = true) String reason,
        @Schema(nullable = true) Map<String, Object> details) {}
