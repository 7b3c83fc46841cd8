package io.heliograph.user.serviceaccount;

import io.heliograph.rest.idempotency.IdempotencyKey;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.user.account.Role;
import io.heliograph.user.serviceaccount.ServiceAccount.SecretView;
import io.heliograph.user.serviceaccount.ServiceAccountService.CreatedAccount;
import io.heliograph.user.serviceaccount.ServiceAccountService.CreatedSecret;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Accounts of programs, for administrators. A secret is only in the response to its creation. */
@Tag(name = "service-accounts")
@Path("/api/service-accounts")
@RolesAllowed(Role.ADMIN)
class ServiceAccountResource {

    private static final String NEEDED = "is needed";
    private static final String NO_STORE = "no-store";
    private static final String LIMIT = "must be 1 to 200";
    private static final String FIRST = "00000000-0000-0000-0000-000000000000";
    private static final String ID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private final ServiceAccountService service;
    private final ServiceAccountRepository repository;
    private final JsonWebToken caller;

    ServiceAccountResource(ServiceAccountService service, ServiceAccountRepository repository, JsonWebToken caller) {
        this.service = service;
        this.repository = repository;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "createServiceAccount",
            summary = "Create a service account",
            description =
                    "Role `admin`. The secret is only in this response: a repetition under the same `Idempotency-Key` creates nothing and gets `409`, with the account in `Location`.")
    @APIResponse(
            responseCode = "201",
            description = "The account with its first secret",
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            },
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AccountWithSecret.class)))
    @APIResponse(responseCode = "409", description = "`too_many_service_accounts`, `idempotency_key_used`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public Uni<RestResponse<AccountWithSecret>> create(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Valid @NotNull(message = NEEDED) NewServiceAccount body) {
        IdempotentRequest request = IdempotentRequest.of(
                admin(), idempotencyKey, "createServiceAccount", body.name(), body.distinctRoles(), body.issuer());
        return service.create(body, admin(), request).map(AccountWithSecret::of).map(created -> ResponseBuilder.create(
                        Status.CREATED, created)
                .header(HttpHeaders.LOCATION, ServiceAccount.path(created.id()))
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build());
    }

    @GET
    @Operation(
            operationId = "listServiceAccounts",
            summary = "List the service accounts",
            description = "Role `admin`. In the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of service accounts")
    public Uni<ServiceAccountPage> list(
            @QueryParam("limit") @DefaultValue("50") @Min(value = 1, message = LIMIT) @Max(value = 200, message = LIMIT)
                    int limit,
            @QueryParam("after") @DefaultValue(FIRST) @Pattern(regexp = ID, message = "must be the next of a page")
                    String after) {
        // One more, to know whether there is another page.
        return repository.findPage(UUID.fromString(after), limit + 1).map(found -> ServiceAccountPage.of(found, limit));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getServiceAccount",
            summary = "Read a service account",
            description = "Role `admin`. Without the values of its secrets.")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "`service_account_not_found`")
    public Uni<ServiceAccount> one(UUID id) {
        return repository.find(id).map(found -> found.orElseThrow(ServiceAccount::unknown));
    }

    /** Revokes its tokens, and those that it requested for users; its messages stay, without its name. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteServiceAccount",
            summary = "Delete a service account",
            description =
                    "Role `admin`. Its tokens, and those that it requested for users, are revoked; its messages stay, without its name.")
    @APIResponse(responseCode = "204", description = "The account is deleted")
    @APIResponse(responseCode = "404", description = "`service_account_not_found`")
    public Uni<Void> delete(UUID id) {
        return service.delete(id, admin());
    }

    /** Adds a secret. Two are valid at a time: this one and the newest before it. */
    @POST
    @Path("/{id}/secrets")
    @Operation(
            operationId = "rotateSecret",
            summary = "Add a secret to a service account",
            description =
                    "Role `admin`. Two are valid at a time: this one and the newest before it. A repetition under the same `Idempotency-Key` creates nothing and gets `409`, with the secret to delete in `Location`.")
    @APIResponse(
            responseCode = "201",
            description = "The secret",
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            },
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = SecretWithValue.class)))
    @APIResponse(responseCode = "404", description = "`service_account_not_found`")
    @APIResponse(responseCode = "409", description = "`idempotency_key_used`")
    @APIResponse(responseCode = "422", description = "`idempotency_key_reused`")
    public Uni<RestResponse<SecretWithValue>> rotate(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, UUID id) {
        IdempotentRequest request = IdempotentRequest.of(admin(), idempotencyKey, "rotateSecret", id);
        return service.rotate(id, admin(), request).map(SecretWithValue::of).map(created -> ResponseBuilder.create(
                        Status.CREATED, created)
                .header(HttpHeaders.LOCATION, ServiceAccount.path(id) + "/secrets/" + created.id())
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build());
    }

    /** Ends a secret and revokes the tokens that were requested with it. */
    @DELETE
    @Path("/{id}/secrets/{secret}")
    @Operation(
            operationId = "deleteSecret",
            summary = "Delete a secret of a service account",
            description = "Role `admin`. Revokes the tokens that were requested with it.")
    @APIResponse(responseCode = "204", description = "The secret is deleted")
    @APIResponse(responseCode = "404", description = "`service_account_not_found`, `secret_not_found`")
    public Uni<Void> endSecret(UUID id, UUID secret) {
        return service.endSecret(id, secret, admin());
    }

    private UUID admin() {
        return UUID.fromString(caller.getSubject());
    }

    /** A service account with its first secret. */
    @Schema(name = "CreatedServiceAccount")
    record AccountWithSecret(
            UUID id,
            String clientId,
            String clientSecret,
            String name,
            String username,
            List<String> roles,
            String issuer,
            Instant createdAt,
            UUID createdBy,
            List<SecretView> secrets) {

        static AccountWithSecret of(CreatedAccount created) {
            ServiceAccount account = created.account();
            return new AccountWithSecret(
                    account.id(),
                    account.clientId(),
                    created.secret().value(),
                    account.name(),
                    account.username(),
                    account.roles(),
                    account.issuer(),
                    account.createdAt(),
                    account.createdBy(),
                    account.secrets());
        }
    }

    @Schema(name = "CreatedSecret")
    record SecretWithValue(UUID id, String clientSecret) {

        static SecretWithValue of(CreatedSecret created) {
            return new SecretWithValue(created.id(), created.secret().value());
        }
    }

    /** {@code next} is the cursor of the next page, or null at the end. */
    record ServiceAccountPage(
            List<ServiceAccount> items,
            @Schema(nullable = true) String next) {

        static ServiceAccountPage of(List<ServiceAccount> found, int limit) {
            return found.size() > limit
                    ? new ServiceAccountPage(
                            found.subList(0, limit), found.get(limit - 1).clientId())
                    : new ServiceAccountPage(found, null);
        }
    }
}
