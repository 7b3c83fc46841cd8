package io.heliograph.user.signin;

import io.heliograph.user.session.RecentSignIn;
import io.heliograph.user.signin.password.NewPassword;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own password. */
@Tag(name = "users")
@Path("/api/users/me/password")
@Authenticated
class PasswordResource {

    private static final String NEEDED = "is needed";

    private final PasswordService passwords;
    private final RecentSignIn recent;
    private final JsonWebToken caller;

    PasswordResource(PasswordService passwords, RecentSignIn recent, JsonWebToken caller) {
        this.passwords = passwords;
        this.recent = recent;
        this.caller = caller;
    }

    /** Needs a recent sign-in. Ends all sessions but the one of the caller. */
    @PUT
    @Operation(
            operationId = "changePassword",
            summary = "Change the own password",
            description = "Within 10 minutes of a sign-in. Ends all sessions but the current one.")
    @APIResponse(responseCode = "204", description = "The password is changed")
    @APIResponse(
            responseCode = "403",
            description = "`recent_sign_in_required`, `wrong_password`, `passwords_disabled`")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`, `too_many_sign_ins`")
    public Uni<Void> change(@Valid @NotNull(message = NEEDED) Change body) {
        String session = caller.getClaim("sid");
        if (session == null) {
            // A token of another issuer: its user has no password here.
            throw PasswordService.wrongPassword();
        }
        recent.require(caller);
        return passwords.change(UUID.fromString(session), body.currentPassword(), body.newPassword());
    }

    @Schema(name = "PasswordChange")
    record Change(
            @NotNull(message = NEEDED) @Size(min = 1, max = 1024, message = "must have 1 to 1024 characters")
            String currentPassword,

            @NotNull(message = NEEDED) @NewPassword String newPassword) {}
}
