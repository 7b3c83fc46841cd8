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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Tag(name = "auth")
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
    @Operation(operationId = "login", summary = "Sign in", description = "By username or e-mail address.")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    @APIResponse(responseCode = "401", description = "`bad_credentials`")
    @APIResponse(responseCode = "403", description = "`passwords_disabled`, `account_banned`")
    @APIResponse(responseCode = "429", description = "`too_many_sign_ins`, `too_many_at_once`")
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
     * {@code login} is a username or an email address. The bound of the password permits 128 characters in any Unicode
     * form.
     */
    @Schema(name = "LoginRequest")
    record Login(
            @NotNull(message = NEEDED)
            @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
            @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL") // PostgreSQL has no text with it.
            String login,

            @NotNull(message = NEEDED) @Size(min = 1, max = 1024, message = "must have 1 to 1024 characters")
            String password) {}
}
