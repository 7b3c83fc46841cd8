package io.heliograph.user.account.role;

import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.SessionService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "users")
@APIResponse(responseCode = "403", description = "`forbidden`")
@APIResponse(responseCode = "404", description = "`user_not_found`")
@Path("/api/users/{id}/roles")
@RolesAllowed(Role.ADMIN)
class RoleResource {

    private final RoleRepository repository;
    private final SessionService sessions;
    private final AuditLog audit;
    private final JsonWebToken caller;

    RoleResource(RoleRepository repository, SessionService sessions, AuditLog audit, JsonWebToken caller) {
        this.repository = repository;
        this.sessions = sessions;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getRoles", summary = "Read the roles of an account", description = "Role `admin`.")
    @APIResponse(responseCode = "200", description = "The roles")
    public Uni<Roles> read(UUID id) {
        return repository.find(id).map(Roles::new);
    }

    @PUT
    @Operation(
            operationId = "setRoles",
            summary = "Set the roles of an account",
            description =
                    "Role `admin`. Ends the sessions of an account that loses a role. A banned account cannot become an administrator, nor an administrator be banned.")
    @APIResponse(responseCode = "200", description = "The roles as they are now")
    @APIResponse(responseCode = "409", description = "`last_admin`, `user_is_banned`")
    public Uni<Roles> change(UUID id, @Valid @NotNull(message = "is needed") Roles body) {
        UUID by = UUID.fromString(caller.getSubject());
        List<String> roles = Role.ALL.stream().filter(body.roles()::contains).toList();
        AuditEvent event = AuditEvent.done(Kind.ROLE_CHANGE, id).by(by).roles(roles);
        return repository
                .change(event)
                .invoke(() -> audit.record(event))
                .call(ended -> sessions.recordEnded(id, ended))
                .replaceWith(new Roles(roles));
    }

    /** All the roles of an account, in any order. */
    record Roles(
            @NotEmpty(message = "must name at least one role") @Size(max = 2, message = "must name each role once")
            List<@NotNull(message = UNKNOWN) @Pattern(regexp = Role.USER + "|" + Role.ADMIN, message = UNKNOWN) String>
                    roles) {

        private static final String UNKNOWN = "must be user or admin";
    }
}
