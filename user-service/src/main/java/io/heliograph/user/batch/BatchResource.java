package io.heliograph.user.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.user.account.NewUser;
import io.heliograph.user.account.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Accounts by the thousand. To send a batch again does no harm: what it has made is taken then. */
@Path("/api/users/batch")
@RolesAllowed(Role.ADMIN)
class BatchResource {

    private final BatchService batches;

    BatchResource(BatchService batches) {
        this.batches = batches;
    }

    @POST
    public Uni<BatchResult> add(@Valid @NotNull(message = "is needed") Batch body) {
        return batches.add(body.users());
    }

    /** Rows are read one by one, so that one of the wrong type does not sink the others. */
    record Batch(
            @Schema(type = SchemaType.ARRAY, implementation = NewUser.class)
            @NotNull(message = "is needed")
            @Size(min = 1, max = 1000, message = "must have 1 to 1000 rows")
            List<JsonNode> users) {}
}
