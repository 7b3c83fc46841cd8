package io.heliograph.user.account.bulk;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.ExternalId;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.NewUser;

/** A row of a batch with its state: parsed, hashed, stored or rejected. */
sealed interface Row {

    /** Its place in the batch, from 0. */
    int index();

    /** A row that is valid. */
    record ValidRow(int index, NewUser user) implements Row {}

    /** A row whose password is hashed, if it has one. */
    record HashedRow(int index, NewAccount account) implements Row {}

    /** A row in its final state. */
    sealed interface FinishedRow extends Row {

        RowResult result();
    }

    /** A row that is stored. {@code externalId} may be null. */
    record CreatedRow(int index, Account account, ExternalId externalId) implements FinishedRow {

        @Override
        public RowResult result() {
            return RowResult.made(index, account, externalId);
        }
    }

    /** A row that is not stored. */
    record RejectedRow(int index, ProblemException refusal) implements FinishedRow {

        @Override
        public RowResult result() {
            return RowResult.refused(index, refusal);
        }
    }
}
