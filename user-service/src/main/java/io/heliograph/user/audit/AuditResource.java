package io.heliograph.user.audit;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Tag(name = "users")
@Path("/api/users/audit-events")
@RolesAllowed("admin")
class AuditResource {

    private static final String LIMIT = "must be 1 to 200";
    private static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    private static final String ID = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private final AuditRepository repository;

    AuditResource(AuditRepository repository) {
        this.repository = repository;
    }

    @GET
    @Operation(
            operationId = "listUserAuditEvents",
            summary = "List actions on the accounts of other users",
            description =
                    "Role `admin`. Bans, ends of sessions, roles, passwords and deletions of accounts by administrators and integrators; the newest first.")
    @APIResponse(responseCode = "200", description = "A page of events")
    public Uni<AuditPage> list(
            @Parameter(description = "Only what concerns this user") @QueryParam("user") UUID user,
            @QueryParam("limit") @DefaultValue("50") @Min(value = 1, message = LIMIT) @Max(value = 200, message = LIMIT)
                    int limit,
            @QueryParam("after") @DefaultValue(LAST) @Pattern(regexp = ID, message = "must be the next of a page")
                    String after) {
        // One more, to know whether there is another page.
        return repository.list(UUID.fromString(after), user, limit + 1).map(found -> AuditPage.of(found, limit));
    }

    /** {@code next} is the cursor of the next page, or null at the end. */
    @Schema(name = "UserAuditEventPage")
    record AuditPage(
            List<AuditRecord> items,
            @Schema(nullable = true) String next) {

        static AuditPage of(List<AuditRecord> found, int limit) {
            return found.size() > limit
                    ? new AuditPage(
                            found.subList(0, limit), found.get(limit - 1).id().toString())
                    : new AuditPage(found, null);
        }
    }
}
