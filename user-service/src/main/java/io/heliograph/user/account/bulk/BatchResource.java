package io.heliograph.user.account.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.user.account.NewUser;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Creates up to thousands of accounts. A batch may be sent again: the accounts that it has created are reported as
 * taken.
 */
@Tag(name = "users")
@Path("/api/users/batch")
@RolesAllowed(Role.ADMIN)
class BatchResource {

    private final BatchService batches;
    private final AuditLog audit;
    private final JsonWebToken caller;

    BatchResource(BatchService batches, AuditLog audit, JsonWebToken caller) {
        this.batches = batches;
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "createUsers",
            summary = "Create up to 1,000 accounts",
            description =
                    "Role `admin`. A row that cannot be created does not affect the others; an account without a password cannot sign in by one. Repeated under its `Idempotency-Key` it creates nothing and returns the same accounts in their current state; repeated without a key it reports the created accounts as taken.")
    @APIResponse(responseCode = "200", description = "The result of each row, in their order")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "409", description = "`username_taken`")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public Uni<BatchResult> add(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Valid @NotNull(message = "is needed") Batch body) {
        UUID by = UUID.fromString(caller.getSubject());
        IdempotentRequest request = idempotencyKey == null
                ? null
                : IdempotentRequest.of(
                        by,
                        idempotencyKey,
                        "createUsers",
                        body.users().stream()
                                .map(BatchResource::withoutPassword)
                                .toList());
        return batches.add(body.users(), request)
                .invoke(answer -> {
                    if (!answer.isRepeated()) {
                        record(answer.result(), by);
                    }
                })
                .map(BatchAnswer::result);
    }

    /** The known fields without the password, because passwords could be tested against its digest. */
    private static List<Object> withoutPassword(JsonNode row) {
        return List.of(
                row.path("username"),
                row.path("email"),
                row.path("displayName"),
                row.path("externalIds"),
                row.hasNonNull("password"));
    }

    /** One audit line per account, because the audit log is searched by account. */
    private void record(BatchResult result, UUID by) {
        result.results().stream()
                .filter(row -> row.user() != null)
                .forEach(row -> audit.record(
                        AuditEvent.done(Kind.REGISTRATION, row.user().id()).by(by)));
    }

    /** Rows are parsed one by one, so that a row of the wrong type does not fail the others. */
    @Schema(name = "NewUsers")
    record Batch(
            @Schema(type = SchemaType.ARRAY, implementation = NewUser.class)
            @NotNull(message = "is needed")
            @Size(min = 1, max = 1000, message = "must have 1 to 1000 rows")
            List<JsonNode> users) {}
}
