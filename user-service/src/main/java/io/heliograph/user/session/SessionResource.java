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
    public Uni<TokenPair> refresh(
            @Valid @NotNull(message = NEEDED) Refresh body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
        return sessions.renew(new RefreshToken(body.refreshToken()), Device.present(userAgent));
    }

    @POST
    @Path("/logout")
    public Uni<Void> logout(@Valid @NotNull(message = NEEDED) Refresh body) {
        return sessions.signOut(new RefreshToken(body.refreshToken()));
    }

    /** All at once: {@code heliograph.sessions.per-account} bounds them. */
    @GET
    @Path("/sessions")
    @Authenticated
    public Uni<SessionList> own() {
        String current = caller.getClaim("sid");
        return sessions.findAll(user(), current == null ? null : UUID.fromString(current))
                .map(SessionList::new);
    }

    /** Signs out everywhere, here too. */
    @DELETE
    @Path("/sessions")
    @Authenticated
    public Uni<Void> endAll() {
        return sessions.endAll(user());
    }

    @DELETE
    @Path("/sessions/{id}")
    @Authenticated
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

    record SessionList(List<SessionView> items) {}

    record Refresh(
            @NotNull(message = NEEDED) @Size(min = 1, max = 128, message = "must have 1 to 128 characters")
            String refreshToken) {}
}
