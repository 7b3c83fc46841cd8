package io.heliograph.user.session;

import io.heliograph.rest.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "auth")
@Path("/api/auth")
class SessionResource {

    private static final String NEEDED = "is needed";

    private final SessionService sessions;
    private final JsonWebToken caller;

    SessionResource(SessionService sessions, JsonWebToken caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    @POST
    @Path("/refresh")
    @Operation(
            operationId = "refreshTokens",
            summary = "Renew the tokens",
            description =
                    "The refresh token is spent. Used again within 30 s it returns the same pair; later it ends the session.")
    @APIResponse(responseCode = "200", description = "The new tokens")
    @APIResponse(responseCode = "401", description = "`invalid_refresh_token`")
    public Uni<TokenPair> refresh(
            @Valid @NotNull(message = NEEDED) Refresh body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
        return sessions.renew(new RefreshToken(body.refreshToken()), Device.present(userAgent));
    }

    @POST
    @Path("/logout")
    @Operation(
            operationId = "logout",
            summary = "Sign out",
            description = "Ends the session of the refresh token; an unknown token is no error.")
    @APIResponse(responseCode = "204", description = "The session has ended")
    public Uni<Void> logout(@Valid @NotNull(message = NEEDED) Refresh body) {
        return sessions.signOut(new RefreshToken(body.refreshToken()));
    }

    /** All at once: {@code heliograph.sessions.per-account} bounds them. */
    @GET
    @Path("/sessions")
    @Authenticated
    @Operation(
            operationId = "listSessions",
            summary = "List the sessions of the caller",
            description = "All at once; their number is bounded.")
    @APIResponse(responseCode = "200", description = "The sessions")
    public Uni<SessionList> own() {
        String current = caller.getClaim("sid");
        return sessions.findAll(user(), current == null ? null : UUID.fromString(current))
                .map(SessionList::new);
    }

    /** Signs out everywhere, here too. */
    @DELETE
    @Path("/sessions")
    @Authenticated
    @Operation(operationId = "endSessions", summary = "End all sessions of the caller", description = "This one too.")
    @APIResponse(responseCode = "204", description = "The sessions have ended")
    public Uni<Void> endAll() {
        return sessions.endAll(user());
    }

    @DELETE
    @Path("/sessions/{id}")
    @Authenticated
    @Operation(
            operationId = "endSession",
            summary = "End a session of the caller",
            description = "Signs one device out.")
    @APIResponse(responseCode = "204", description = "The session has ended")
    @APIResponse(responseCode = "404", description = "`session_not_found`")
    public Uni<Void> end(UUID id) {
        return sessions.end(user(), id)
                .invoke(ended -> {
                    if (!ended) {
                        throw ProblemException.of(
                                Status.NOT_FOUND, "session_not_found", "The caller has no such session.");
                    }
                })
                .replaceWithVoid();
    }

    private UUID user() {
        return UUID.fromString(caller.getSubject());
    }

    @Schema(name = "SessionPage")
    record SessionList(List<SessionView> items) {}

    @Schema(name = "RefreshRequest")
    record Refresh(
            @NotNull(message = NEEDED) @Size(min = 1, max = 128, message = "must have 1 to 128 characters")
            String refreshToken) {}
}
