package io.heliograph.user.signin;

import io.heliograph.user.session.Device;
import io.heliograph.user.session.TokenPair;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;

@Path("/api/auth/login")
class SignInResource {

    private static final String NEEDED = "is needed";

    private final SignInService signIns;

    SignInResource(SignInService signIns) {
        this.signIns = signIns;
    }

    @POST
    public Uni<TokenPair> login(
            @Valid @NotNull(message = NEEDED) Login body, @HeaderParam(HttpHeaders.USER_AGENT) String userAgent) {
        return signIns.signIn(body.login(), body.password(), Device.present(userAgent));
    }

    /** {@code login} is a username or an email address. The bounds are those of registration. */
    record Login(
            @NotNull(message = NEEDED)
            @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
            @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL") // PostgreSQL has no text with it.
            String login,

            @NotNull(message = NEEDED) @Size(min = 1, max = 128, message = "must have 1 to 128 characters")
            String password) {}
}
