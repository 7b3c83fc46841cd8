package io.heliograph.user.account;

import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.request.ClientAddress;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.heliograph.user.signin.password.PasswordRules;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Tag(name = "auth")
@Path("/api/auth/register")
class RegistrationResource {

    private final AccountRepository accounts;
    private final PasswordHasher passwords;
    private final AuditLog audit;

    RegistrationResource(AccountRepository accounts, PasswordHasher passwords, AuditLog audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
    }

    @POST
    @Operation(operationId = "register", summary = "Create an account", description = "With the role `user`.")
    @APIResponse(
            responseCode = "201",
            description = "The profile",
            headers = @Header(name = "Location", ref = "Location"),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Profile.class)))
    @APIResponse(responseCode = "403", description = "`passwords_disabled`")
    @APIResponse(responseCode = "409", description = "`username_taken`, `email_taken`")
    @APIResponse(responseCode = "429", description = "`too_many_at_once`")
    public Uni<RestResponse<Profile>> register(@Valid @NotNull(message = "is needed") RegistrationRequest body) {
        ReservedUsernames.check(body.username());
        PasswordRules.require("password", body.password(), body.username(), body.email(), body.displayName());
        return passwords
                .hash(HashQuota.ofAddress(ClientAddress.network(ClientAddress.current())), body.password())
                .flatMap(hash ->
                        accounts.add(NewAccount.ofUser(body.username(), body.email(), body.displayName(), hash)))
                .invoke(account -> audit.record(AuditEvent.done(Kind.REGISTRATION, account.id())))
                .map(account -> ResponseBuilder.create(Status.CREATED, Profile.of(account))
                        // As text: a relative URI would be completed with the internal address of this service.
                        .header(HttpHeaders.LOCATION, "/api/users/" + account.id())
                        .build());
    }
}
