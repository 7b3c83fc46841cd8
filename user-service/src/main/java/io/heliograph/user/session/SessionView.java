package io.heliograph.user.session;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session as its owner sees it. {@code current} marks the session of the caller; the last two describe the last use.
 */
@Schema(name = "Session")
record SessionView(
        UUID id,
        Instant createdAt,
        Instant lastUsedAt,
        boolean current,
        @Schema(nullable = true) String userAgent,
        @Schema(nullable = true) String address) {}
