package io.heliograph.user.moderation;

import io.heliograph.user.account.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All accounts that are banned. */
@Tag(name = "users")
@Path("/api/users/bans")
@RolesAllowed({Role.ADMIN, Role.INTEGRATOR})
class AccountBansResource {

    private static final String LIMIT = "must be 1 to 200";
    private static final String FIRST = "00000000-0000-0000-0000-000000000000";
    private static final String ID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private final AccountBans bans;

    AccountBansResource(AccountBans bans) {
        this.bans = bans;
    }

    @GET
    @Operation(
            operationId = "listUserBans",
            summary = "List the accounts that are banned",
            description = "Role `admin` or `integrator`. In the order of ids.")
    @APIResponse(responseCode = "200", description = "A page of bans")
    public Uni<BanPage> list(
            @QueryParam("limit") @DefaultValue("50") @Min(value = 1, message = LIMIT) @Max(value = 200, message = LIMIT)
                    int limit,
            @QueryParam("after") @DefaultValue(FIRST) @Pattern(regexp = ID, message = "must be the next of a page")
                    String after) {
        // One more, to know whether there is another page.
        return bans.list(UUID.fromString(after), limit + 1).map(found -> BanPage.of(found, limit));
    }

    /** {@code next} is the cursor of the next page, or null at the end. */
    @Schema(name = "UserBanPage")
    record BanPage(
            List<AccountBan> items, @Schema(nullable = true) String next) {

        static BanPage of(List<AccountBan> found, int limit) {
            return found.size() > limit
                    ? new BanPage(
                            found.subList(0, limit), found.get(limit - 1).user().toString())
                    : new BanPage(found, null);
        }
    }
}
