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

/** Sets the password of any account, for administrators. */
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
    public Uni<Void> give(UUID id, @Valid @NotNull(message = NEEDED) SetPasswordRequest body) {
        UUID admin = UUID.fromString(caller.getSubject());
        return accounts.find(id)
                .map(found -> found.filter(account -> !account.bot()).orElseThrow(Account::unknown))
                .flatMap(account -> passwords.set(account, body.newPassword(), admin));
    }

    record SetPasswordRequest(
            @NotNull(message = NEEDED) @NewPassword String newPassword) {}
}
