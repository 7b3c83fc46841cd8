package io.heliograph.user.moderation;

import io.heliograph.user.account.Role;
import io.heliograph.user.account.profile.ProfileRepository;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RevocationBus;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deletes the account of another user, for administrators. */
@Tag(name = "users")
@Path("/api/users")
@RolesAllowed(Role.ADMIN)
class AccountDeletionResource {

    private final ProfileRepository profiles;
    private final RevocationBus revocations;
    private final AuditLog audit;
    private final JsonWebToken caller;

    AccountDeletionResource(
            ProfileRepository profiles, RevocationBus revocations, AuditLog audit, JsonWebToken caller) {
        this.profiles = profiles;
        this.revocations = revocations;
        this.audit = audit;
        this.caller = caller;
    }

    /** Has the same effect as a deletion by the owner. Service accounts are deleted by their own call. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteUser",
            summary = "Delete an account",
            description =
                    "Role `admin`. Permanently; the messages of the user stay, without the name. Service accounts are deleted by their own call.")
    @APIResponse(responseCode = "204", description = "The account is deleted")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    @APIResponse(responseCode = "409", description = "`last_admin`")
    public Uni<Void> delete(
            UUID id,
            @Parameter(description = "Why, for the audit log")
                    @QueryParam("reason")
                    @Size(min = 1, max = AccountBanResource.MAX_REASON, message = AccountBanResource.REASON)
                    @Pattern(regexp = "[^\\x00]*", message = AccountBanResource.NO_NUL)
                    String reason) {
        AuditEvent event = AuditEvent.done(Kind.ACCOUNT_DELETION, id)
                .by(UUID.fromString(caller.getSubject()))
                .reason(reason);
        return profiles.delete(event).invoke(() -> audit.record(event)).call(() -> revocations.revokeUser(id));
    }
}
