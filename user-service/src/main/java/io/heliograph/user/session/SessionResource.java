package io.heliograph.user.session;

import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@Path("/api/auth")
class SessionResource {

    private static final String NEEDED = "is needed";

    private final SessionService sessions;

    SessionResource(SessionService sessions) {
        this.sessions = sessions;
    }

    @POST
    @Path("/login")
    public Uni<TokenPair> login(@Valid @NotNull(message = NEEDED) Login body) {
        return sessions.signIn(body.login(), body.password());
    }

    @POST
    @Path("/refresh")
    public Uni<TokenPair> refresh(@Valid @NotNull(message = NEEDED) Refresh body) {
        return sessions.renew(new RefreshToken(body.refreshToken()));
    }

    @POST
    @Path("/logout")
    public Uni<Void> logout(@Valid @NotNull(message = NEEDED) Refresh body) {
        return sessions.signOut(new RefreshToken(body.refreshToken()));
    }

    /** {@code login} is a username or an email address. The bounds are those of registration. */
    record Login(
            @NotNull(message = NEEDED)
            @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
            @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL") // PostgreSQL has no text with it.
            String login,

            @NotNull(message = NEEDED) @Size(min = 1, max = 128, message = "must have 1 to 128 characters")
            String password) {}

    record Refresh(
            @NotNull(message = NEEDED) @Size(min = 1, max = 128, message = "must have 1 to 128 characters")
            String refreshToken) {}
}
