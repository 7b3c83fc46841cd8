package io.heliograph.user.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user in the audit log; without a name if the account was deleted. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditedUser(UUID id, @Schema(nullable = true) String username) {

    static AuditedUser of(UUID id, String username) {
        return id == null ? null : new AuditedUser(id, username);
    }
}
