package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.message.message.Sender;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user who cannot be in a room. {@code until} is null for a ban without an end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RoomBan")
record Ban(
        Sender user,
        @Schema(nullable = true) String reason,
        Sender bannedBy,
        Instant createdAt,
        @Schema(nullable = true) Instant until) {}
