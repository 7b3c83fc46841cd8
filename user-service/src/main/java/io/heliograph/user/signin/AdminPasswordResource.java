package io.heliograph.user.signin;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.Role;
import io.heliograph.user.signin.password.NewPassword;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sets the password of any account, for administrators. */
@Tag(name = "users")
@Path("/api/users/{id}/password")
@RolesAllowed(Role.ADMIN)
class AdminPasswordResource {

    private static final String NEEDED = "is needed";

    private final PasswordService passwords;
    private final AccountRepository accounts;
    private final JsonWebToken caller;

    AdminPasswordResource(PasswordService passwords, AccountRepository accounts, JsonWebToken caller) {
        this.passwords = passwords;
        this.accounts = accounts;
        this.caller = caller;
    }

    /** Ends all sessions of the account. */
    @PUT
    @Operation(
            operationId = "setPassword",
            summary = "Set the password of an account",
            description = "Role `admin`. Ends all sessions of the account.")
    @APIResponse(responseCode = "204", description = "The password is set")
    @APIResponse(responseCode = "403", description = "`forbidden`, `passwords_disabled`")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`")
    public Uni<Void> give(UUID id, @Valid @NotNull(message = NEEDED) SetPasswordRequest body) {
        UUID admin = UUID.fromString(caller.getSubject());
        return accounts.find(id)
                .map(found -> found.filter(account -> !account.bot()).orElseThrow(Account::unknown))
                .flatMap(account -> passwords.set(account, body.newPassword(), admin));
    }

    @Schema(name = "PasswordReset")
    record SetPasswordRequest(
            @NotNull(message = NEEDED) @NewPassword String newPassword) {}
}
