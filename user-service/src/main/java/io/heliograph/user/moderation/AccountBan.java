package io.heliograph.user.moderation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account that cannot sign in. {@code until} is null for a ban without an end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccountBan(
        UUID user,
        @Schema(examples = "ada") String username,
        @Schema(nullable = true) String reason,
        UUID bannedBy,
        Instant createdAt,
        @Schema(nullable = true) Instant until) {}
