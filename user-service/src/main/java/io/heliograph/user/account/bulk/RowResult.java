package io.heliograph.user.account.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.Profile;
import io.heliograph.user.problem.Problem;
import io.heliograph.user.problem.Refusal;
import io.heliograph.user.request.RequestId;

/** What became of the row at this place: the account, or why there is none; with the status that it alone would have had. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowResult(int index, int status, Profile user, Problem problem) {

    static RowResult made(int index, Account account) {
        return new RowResult(index, 201, Profile.of(account), null);
    }

    static RowResult refused(int index, Refusal refusal) {
        Problem problem = Problem.of(refusal, RequestId.current());
        return new RowResult(index, problem.status(), null, problem);
    }
}
