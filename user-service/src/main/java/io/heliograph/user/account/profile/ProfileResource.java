package io.heliograph.user.account.profile;

import io.heliograph.rest.caching.EntityTags;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.Profile;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RecentSignIn;
import io.heliograph.user.session.RevocationBus;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** The caller's own profile. Its entity tag includes the account, because the path is the same for all users. */
@Tag(name = "users")
@Path("/api/users/me")
@Authenticated
class ProfileResource {

    private final AccountRepository accounts;
    private final ProfileRepository profiles;
    private final RevocationBus revocations;
    private final AuditLog audit;
    private final RecentSignIn recent;
    private final JsonWebToken caller;

    ProfileResource(
            AccountRepository accounts,
            ProfileRepository profiles,
            RevocationBus revocations,
            AuditLog audit,
            RecentSignIn recent,
            JsonWebToken caller) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.revocations = revocations;
        this.audit = audit;
        this.recent = recent;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Read the own profile", description = "With the e-mail address.")
    @APIResponse(responseCode = "200", description = "The profile")
    @APIResponse(responseCode = "401", description = "`token_revoked`")
    public Uni<RestResponse<Profile>> read(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
        EntityTags known = EntityTags.ifNoneMatch(seen);
        return accounts.find(id())
                .map(found -> found.orElseThrow(ProfileRepository::gone))
                .flatMap(account -> known.nameWeakly(account.tag())
                        ? Uni.createFrom().item(tagged(ResponseBuilder.create(Status.NOT_MODIFIED), account))
                        : shown(account));
    }

    /**
     * With {@code If-Match} only this version is changed; without it the last write wins. A change of the address needs
     * a recent sign-in.
     */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            operationId = "updateMe",
            summary = "Change the own profile",
            description =
                    "A JSON merge patch: a field that is left out stays as it is, a `displayName` of null is the username again, and `metadata` of null removes them. Everyone sees the metadata. Another e-mail address needs a sign-in of the last 10 minutes.")
    @APIResponse(responseCode = "200", description = "The profile as it is now")
    @APIResponse(responseCode = "403", description = "`recent_sign_in_required`")
    @APIResponse(responseCode = "409", description = "`username_taken`, `email_taken`")
    public Uni<RestResponse<Profile>> change(
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @Valid @NotNull(message = "is needed") ProfilePatch patch) {
        return profiles.change(id(), EntityTags.ifMatch(ifMatch), patch, recent.isOf(caller))
                .flatMap(this::shown);
    }

    /** Deletes the account permanently; needs a recent sign-in. Messages of the user stay, without their name. */
    @DELETE
    @Operation(
            operationId = "deleteMe",
            summary = "Delete the own account",
            description =
                    "Permanently, and within 10 minutes of a sign-in. The messages of the user stay, without the name.")
    @APIResponse(responseCode = "204", description = "The account is deleted")
    @APIResponse(responseCode = "403", description = "`recent_sign_in_required`")
    @APIResponse(responseCode = "409", description = "`last_admin`")
    public Uni<Void> delete(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        recent.require(caller);
        UUID id = id();
        return profiles.delete(id, EntityTags.ifMatch(ifMatch))
                .invoke(() -> audit.record(AuditEvent.done(Kind.ACCOUNT_DELETION, id)))
                .call(() -> revocations.revokeUser(id));
    }

    private UUID id() {
        return UUID.fromString(caller.getSubject());
    }

    private Uni<RestResponse<Profile>> shown(Account account) {
        return accounts.externalIds(account.id())
                .map(ids -> tagged(ResponseBuilder.ok(Profile.of(account, ids)), account));
    }

    private static RestResponse<Profile> tagged(ResponseBuilder<Profile> answer, Account account) {
        return answer.tag(account.tag()).build();
    }
}
