package io.heliograph.user.session;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.Role;
import io.heliograph.user.session.SessionResource.SessionList;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The sessions of any account, for administrators. */
@Tag(name = "users")
@APIResponse(responseCode = "403", description = "`forbidden`")
@APIResponse(responseCode = "404", description = "`user_not_found`")
@Path("/api/users/{id}/sessions")
@RolesAllowed(Role.ADMIN)
class AccountSessionResource {

    private final SessionService sessions;
    private final AccountRepository accounts;
    private final JsonWebToken caller;

    AccountSessionResource(SessionService sessions, AccountRepository accounts, JsonWebToken caller) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listUserSessions",
            summary = "List the sessions of an account",
            description = "Role `admin`. All at once; their number is bounded.")
    @APIResponse(responseCode = "200", description = "The sessions")
    public Uni<SessionList> list(UUID id) {
        String current = caller.getClaim("sid");
        return existing(id)
                .flatMap(account -> sessions.findAll(id, current == null ? null : UUID.fromString(current)))
                .map(SessionList::new);
    }

    @DELETE
    @Operation(
            operationId = "endUserSessions",
            summary = "End all sessions of an account",
            description = "Role `admin`. Signs the user out everywhere; their sockets are closed with 4503.")
    @APIResponse(responseCode = "204", description = "The sessions have ended")
    public Uni<Void> endAll(UUID id) {
        return existing(id).flatMap(account -> sessions.end(id, null, admin())).replaceWithVoid();
    }

    @DELETE
    @Path("/{session}")
    @Operation(
            operationId = "endUserSession",
            summary = "End a session of an account",
            description = "Role `admin`. Signs one device out.")
    @APIResponse(responseCode = "204", description = "The session has ended")
    @APIResponse(responseCode = "404", description = "`user_not_found`, `session_not_found`")
    public Uni<Void> end(UUID id, UUID session) {
        return existing(id)
                .flatMap(account -> sessions.end(id, session, admin()))
                .invoke(ended -> {
                    if (ended.isEmpty()) {
                        throw ProblemException.of(
                                Status.NOT_FOUND, "session_not_found", "The account has no such session.");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Account> existing(UUID id) {
        return accounts.find(id)
                .map(found -> found.filter(account -> !account.bot()).orElseThrow(Account::unknown));
    }

    private UUID admin() {
        return UUID.fromString(caller.getSubject());
    }
}
