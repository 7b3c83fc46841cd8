package io.heliograph.user.external;

import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
class ExternalAccountRepository extends Repository {

    /**
     * The account of this person, which is made unless there is or ever was one: no row of users, or one without a name,
     * is what a deleted one leaves. Of several at once all but one are refused by a constraint, and then find it.
     */
    private static final String FIND_OR_ADD = """
            with known as (
              select u.username from external_identities e left join users u on u.id = e.user_id
              where e.issuer = $1 and e.subject = $2
            ), added as (
              insert into users (id, username, email, display_name)
              select $3, $4, $5, $6 where not exists (select from known)
              returning id, username
            ), linked as (
              insert into external_identities (issuer, subject, user_id) select $1, $2, id from added
            )
            select username, false as is_new from known union all select username, true from added
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    ExternalAccountRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** Fails with {@link NameTakenException}. */
    Uni<AccountLookup> findOrAdd(ExternalIdentity identity, AccountProposal proposal) {
        return run(
                        FIND_OR_ADD,
                        identity.issuer(),
                        identity.subject(),
                        identity.id(),
                        proposal.username(),
                        proposal.email(),
                        proposal.displayName())
                .map(rows -> from(rows.iterator().next()))
                .onFailure(PgException.class)
                .transform(ExternalAccountRepository::taken);
    }

    private static AccountLookup from(Row row) {
        return new AccountLookup(Optional.ofNullable(row.getString("username")), row.getBoolean("is_new"));
    }

    private static Throwable taken(Throwable failure) {
        PgException refused = (PgException) failure;
        return UNIQUE_VIOLATION.equals(refused.getSqlState())
                ? new NameTakenException("users_email_unique".equals(refused.getConstraint()))
                : failure;
    }

    /** What became of looking for an account. {@code username} is empty if it has been deleted. */
    record AccountLookup(Optional<String> username, boolean isNew) {}

    /** Somebody has this name or this address, or the same person came by another request at the same moment. */
    static final class NameTakenException extends RuntimeException {

        private final boolean email;

        private NameTakenException(boolean email) {
            // Without a stack trace: expected, and answered by trying again.
            super(null, null, false, false);
            this.email = email;
        }

        boolean isEmail() {
            return email;
        }
    }
}
