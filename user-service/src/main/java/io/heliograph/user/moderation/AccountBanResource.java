package io.heliograph.user.moderation;

import io.heliograph.http.FieldError;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ban of an account, for administrators and integrators. */
@Tag(name = "users")
@APIResponse(responseCode = "403", description = "`forbidden`")
@Path("/api/users/{id}/ban")
@RolesAllowed({Role.ADMIN, Role.INTEGRATOR})
class AccountBanResource {

    /** In characters, for the reason of any action on another user. */
    static final int MAX_REASON = 500;

    static final String REASON = "must have 1 to 500 characters";
    static final String NO_NUL = "must not contain NUL";

    /** The end of the range of times that are accepted. */
    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    private static final BanBody FOR_EVER = new BanBody(null, null);

    private final AccountBans bans;
    private final JsonWebToken caller;

    AccountBanResource(AccountBans bans, JsonWebToken caller) {
        this.bans = bans;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "getUserBan",
            summary = "Read the ban of an account",
            description = "Role `admin` or `integrator`.")
    @APIResponse(responseCode = "200", description = "The ban")
    @APIResponse(responseCode = "404", description = "`ban_not_found`")
    public Uni<AccountBan> read(UUID id) {
        return bans.find(id);
    }

    /** May be repeated, with another reason or end. */
    @PUT
    @Operation(
            operationId = "banUser",
            summary = "Ban an account",
            description =
                    "Role `admin` or `integrator`. The account cannot sign in until the ban ends: its sessions end, its tokens are refused and its sockets are closed with 4503 at once. Not for administrators and service accounts. May be repeated with another reason or end.")
    @APIResponse(responseCode = "200", description = "The ban")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    @APIResponse(responseCode = "409", description = "`user_is_admin`")
    public Uni<AccountBan> ban(UUID id, @RequestBody(required = false) @Valid BanBody body) {
        BanBody ban = body == null ? FOR_EVER : body;
        if (ban.until() != null
                && !(ban.until().isAfter(Instant.now()) && ban.until().isBefore(TOO_LATE))) {
            throw ProblemException.invalid(List.of(new FieldError("until", "must be in the future")));
        }
        return bans.ban(event(Kind.ACCOUNT_BAN, id).reason(ban.reason()).until(ban.until()));
    }

    @DELETE
    @Operation(
            operationId = "liftUserBan",
            summary = "Lift the ban of an account",
            description = "Role `admin` or `integrator`. The user may sign in again.")
    @APIResponse(responseCode = "204", description = "The account is not banned")
    @APIResponse(responseCode = "404", description = "`ban_not_found`")
    public Uni<Void> lift(UUID id) {
        return bans.lift(event(Kind.ACCOUNT_UNBAN, id));
    }

    private AuditEvent event(Kind kind, UUID user) {
        return AuditEvent.done(kind, user).by(UUID.fromString(caller.getSubject()));
    }

    /** The body is optional. Without {@code until} the ban has no end. The user can read the reason. */
    @Schema(name = "NewUserBan")
    record BanBody(
            @Schema(examples = "spam")
            @Size(min = 1, max = MAX_REASON, message = REASON)
            @Pattern(regexp = "[^\\x00]*", message = NO_NUL)
            String reason,

            Instant until) {}
}
