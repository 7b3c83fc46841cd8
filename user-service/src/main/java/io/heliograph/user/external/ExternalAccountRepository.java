package io.heliograph.user.external;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.profile.ProfileRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Accounts of users who are authenticated by another issuer, or by the backend of a product. */
@Singleton
class ExternalAccountRepository extends Repository {

    private static final String CLAIMED = "claimed_username, claimed_name, claimed_email, claimed_at, admin";

    /**
     * The account of this user, which is created unless there is or was one: a deleted account leaves no row of users,
     * or a row without a username. Of concurrent attempts all but one fail by a constraint, and find the account when
     * they are repeated.
     */
    private static final String FIND_OR_ADD = """
            with known as (
              select u.*, %2$s
              from external_identities e left join users u on u.id = e.user_id
              where e.issuer = $1 and e.subject = $2
            ), added as (
              insert into users (id, username, email, display_name)
              select $3, $4, $5, $6 where not exists (select from known)
              returning %1$s
            ), linked as (
              insert into external_identities (issuer, subject, user_id, %2$s)
              select $1, $2, id, $7, $8, $9, $10, $11 from added
              returning %2$s
            )
            select %1$s, %2$s, false as is_new, banned_until is not null as banned from known
            union all
            select added.*, linked.*, true, false from added cross join linked
            """.formatted(AccountRepository.COLUMNS, CLAIMED);

    /** Updates nothing if the stored claims are newer. A claim that is null is not stored. */
    private static final String CLAIM = """
            update external_identities
            set claimed_username = coalesce($3, claimed_username), claimed_name = coalesce($4, claimed_name),
                claimed_email = coalesce($5, claimed_email), claimed_at = $6, admin = admin or $7
            where issuer = $1 and subject = $2 and (claimed_at is null or claimed_at < $6)
            returning old.claimed_username, old.claimed_name, old.claimed_email, old.claimed_at, old.admin
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    private final ProfileRepository profiles;

    ExternalAccountRepository(Pool pool, DatabaseConfig config, ProfileRepository profiles) {
        super(pool, config);
        this.profiles = profiles;
    }

    /** Fails with {@link NameTakenException}. */
    Uni<AccountLookup> findOrAdd(ExternalIdentity identity, AccountProposal proposal) {
        ProfileClaims claims = identity.profile();
        return run(
                        FIND_OR_ADD,
                        identity.issuer(),
                        identity.subject(),
                        identity.id(),
                        proposal.username(),
                        proposal.email(),
                        proposal.displayName(),
                        claims.username(),
                        claims.displayName(),
                        claims.email(),
                        time(identity),
                        identity.admin())
                .map(rows -> from(rows.iterator().next()))
                .onFailure(PgException.class)
                .transform(ExternalAccountRepository::taken);
    }

    /**
     * Stores the present claims, and changes the account where they differ from the previous ones. Before any claims
     * were stored nothing is changed. Empty if nothing changed. Fails with {@link NameTakenException}.
     */
    Uni<Optional<Account>> follow(ExternalIdentity identity, ClaimedChange change) {
        ProfileClaims claims = identity.profile();
        return inTransaction(transaction -> run(
                                transaction,
                                CLAIM,
                                identity.issuer(),
                                identity.subject(),
                                claims.username(),
                                claims.displayName(),
                                claims.email(),
                                time(identity),
                                identity.admin())
                        .flatMap(rows -> first(rows)
                                .filter(row -> row.getOffsetDateTime("claimed_at") != null)
                                .map(row -> profiles.change(
                                        transaction,
                                        identity.id(),
                                        account -> change.applyTo(account, claims.newsTo(claimed(row)))))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
                .onFailure(PgException.class)
                .transform(ExternalAccountRepository::taken);
    }

    private static OffsetDateTime time(ExternalIdentity identity) {
        return identity.saidAt().atOffset(ZoneOffset.UTC);
    }

    private static AccountLookup from(Row row) {
        OffsetDateTime claimedAt = row.getOffsetDateTime("claimed_at");
        return new AccountLookup(
                row.getString("username") == null ? Optional.empty() : Optional.of(AccountRepository.from(row)),
                row.getBoolean("is_new"),
                row.getBoolean("admin"),
                row.getBoolean("banned"),
                claimed(row),
                claimedAt == null ? null : claimedAt.toInstant());
    }

    private static ProfileClaims claimed(Row row) {
        return new ProfileClaims(
                row.getString("claimed_username"), row.getString("claimed_email"), row.getString("claimed_name"));
    }

    private static Throwable taken(Throwable failure) {
        PgException refused = (PgException) failure;
        return UNIQUE_VIOLATION.equals(refused.getSqlState())
                ? new NameTakenException("users_email_unique".equals(refused.getConstraint()))
                : failure;
    }
}
