package io.heliograph.user.account.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.http.ProblemDetails;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.request.RequestIdFilter;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.ExternalId;
import io.heliograph.user.account.Profile;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of the row at this index: the account or the problem, with the status that a single request would have
 * had.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CreatedUser")
record RowResult(
        int index,
        int status,
        @Schema(nullable = true) Profile user,

        @Schema(ref = "Problem") @JsonInclude(JsonInclude.Include.NON_NULL)
        ProblemDetails problem) {

    static RowResult made(int index, Account account, ExternalId externalId) {
        List<ExternalId> ids = externalId == null ? List.of() : List.of(externalId);
        return new RowResult(index, 201, Profile.of(account, ids), null);
    }

    static RowResult refused(int index, ProblemException refusal) {
        ProblemDetails problem = refusal.details(RequestIdFilter.current());
        return new RowResult(index, problem.status(), null, problem);
    }
}
