package io.heliograph.user.signin;

import io.heliograph.user.session.Device;
import io.heliograph.user.session.TokenPair;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Path("/api/auth/login")
class SignInResource {

    private static final String NEEDED = "is needed";

    private final SignInService signIns;
    private final DeviceCookie devices;

    SignInResource(SignInService signIns, DeviceCookie devices) {
        this.signIns = signIns;
        this.devices = devices;
    }

    @POST
    public Uni<RestResponse<TokenPair>> login(
            @Valid @NotNull(message = NEEDED) Login body,
            @HeaderParam(HttpHeaders.USER_AGENT) String userAgent,
            @Parameter(hidden = true) @HeaderParam("X-Forwarded-Proto") String scheme,
            @CookieParam(DeviceCookie.NAME) String cookie) {
        Optional<KnownDevice> known = devices.read(cookie);
        return signIns.signIn(body.login(), body.password(), Device.present(userAgent), known)
                .map(signedIn -> ResponseBuilder.ok(signedIn.pair())
                        .header(HttpHeaders.SET_COOKIE, devices.header(signedIn.user(), known, "https".equals(scheme)))
                        .build());
    }

    /**
     * {@code login} is a username or an email address. The bound of the password leaves room for 128 characters in
     * whatever Unicode form they are typed.
     */
    record Login(
            @NotNull(message = NEEDED)
            @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
            @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL") // PostgreSQL has no text with it.
            String login,

            @NotNull(message = NEEDED) @Size(min = 1, max = 1024, message = "must have 1 to 1024 characters")
            String password) {}
}
