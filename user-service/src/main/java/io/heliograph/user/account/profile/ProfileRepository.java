package io.heliograph.user.account.profile;

import io.heliograph.rest.caching.EntityTags;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.role.RoleRepository;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.session.RecentSignIn;
import io.heliograph.user.session.SessionRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes and deletes accounts for their owners. Each change takes the next number in the sequence of changes; the lock
 * on that counter is taken last and held for the commit only.
 */
@Singleton
public class ProfileRepository extends Repository {

    private static final String LOCK = """
            select %s from users where id = $1 and deleted_at is null for update
            """.formatted(AccountRepository.COLUMNS);

    /** {@code updated_at} moves forward even if the clock does not. */
    private static final String MOVED = """
            version = version + 1, change = (select last from place),
            updated_at = greatest(now(), updated_at + interval '1 microsecond')
            """;

    private static final String PLACE = """
            place as (update profile_changes set last = last + 1 returning last)
            """;

    private static final String RESERVE_LONGER = """
            on conflict (digest) do update set user_id = excluded.user_id, until = excluded.until
            """;

    /** A username that is given up is reserved like that of a deleted account; only its owner may take it again. */
    private static final String CHANGE = """
            with %s,
            reserved as (
              insert into reserved_names
              select name_digest(username), id, now() + make_interval(secs => $5)
              from users where id = $1 and lower(username) <> lower($2)
              %s
            )
            update users set username = $2, email = $3, display_name = $4, metadata = $6, %s
            where id = $1
            returning %s
            """.formatted(PLACE, RESERVE_LONGER, MOVED, AccountRepository.COLUMNS);

    private static final String DELETE_EXPIRED = "delete from reserved_names where until <= now()";

    private static final String ERASE = """
            with %s,
            reserved as (
              insert into reserved_names
              select name_digest(name), id, now() + make_interval(secs => $2)
              from users, unnest(array[username, email]) name where id = $1 and name is not null
              %s
            ),
            forgotten as (
              update external_identities set claimed_username = null, claimed_name = null, claimed_email = null
              where user_id = $1
            )
            update users
            set username = null, email = null, display_name = null, password_hash = null, roles = '{}', metadata = null,
                banned_at = null, banned_until = null, ban_reason = null, banned_by = null, deleted_at = now(), %s
            where id = $1
            """.formatted(PLACE, RESERVE_LONGER, MOVED);

    private final double reservationSeconds;
    private final AuditRepository audit;

    ProfileRepository(Pool pool, DatabaseConfig database, ProfileConfig config, AuditRepository audit) {
        super(pool, database);
        this.audit = audit;
        this.reservationSeconds = config.nameReservation().toSeconds();
    }

    /**
     * Returns the changed account. Fails with {@code username_taken} or {@code email_taken}, with
     * {@code recent_sign_in_required} for another address, and as {@link #locked} does.
     */
    Uni<Account> change(UUID id, EntityTags expected, ProfilePatch patch, boolean recentlySignedIn) {
        return inTransaction(transaction -> locked(transaction, id, expected).flatMap(account -> {
                    Account wanted = patch.applyTo(account);
                    if (!recentlySignedIn && !Objects.equals(wanted.email(), account.email())) {
                        throw RecentSignIn.refusal();
                    }
                    return wanted.equals(account) ? Uni.createFrom().item(account) : change(transaction, wanted);
                }))
                .onFailure(PgException.class)
                .transform(AccountRepository::taken);
    }

    /** Deletes its sessions too. Fails with {@code last_admin}, and as {@link #locked} does. */
    Uni<Void> delete(UUID id, EntityTags expected) {
        return inTransaction(transaction -> RoleRepository.requireAnother(transaction, id)
                .flatMap(free -> locked(transaction, id, expected))
                .flatMap(account -> SessionRepository.endAllBut(transaction, id, null))
                .flatMap(ended -> erase(transaction, id)));
    }

    /**
     * Deletes the account of another user, and stores the event. Fails with {@code user_not_found}, {@code last_admin}.
     */
    public Uni<Void> delete(AuditEvent event) {
        UUID id = event.user();
        return inTransaction(transaction -> RoleRepository.requireAnother(transaction, id)
                .flatMap(free -> run(transaction, LOCK, id))
                .map(rows -> first(rows)
                        .map(AccountRepository::from)
                        .filter(account -> !account.bot())
                        .orElseThrow(Account::unknown))
                .flatMap(account -> SessionRepository.endAllBut(transaction, id, null))
                .flatMap(ended -> erase(transaction, id))
                .flatMap(erased -> audit.add(transaction, event)));
    }

    /** Deletes an account that has no session any more, inside of a transaction. */
    public Uni<Void> erase(SqlConnection transaction, UUID id) {
        return run(transaction, DELETE_EXPIRED)
                .flatMap(expired -> run(transaction, ERASE, id, reservationSeconds))
                .replaceWithVoid();
    }

    /**
     * Changes the account inside of a transaction of another feature. Empty if the account does not exist or nothing
     * changed; a taken name fails as a violation of its constraint.
     */
    public Uni<Optional<Account>> change(SqlConnection transaction, UUID id, UnaryOperator<Account> change) {
        return run(transaction, LOCK, id)
                .map(rows -> first(rows).map(AccountRepository::from))
                .flatMap(found -> found.filter(account -> !change.apply(account).equals(account))
                        .map(account ->
                                change(transaction, change.apply(account)).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /**
     * Fails with {@code token_revoked} if the account was deleted, and with {@code precondition_failed} if it has
     * another version.
     */
    private static Uni<Account> locked(SqlConnection transaction, UUID id, EntityTags expected) {
        return run(transaction, LOCK, id)
                .map(rows -> first(rows).map(AccountRepository::from).orElseThrow(ProfileRepository::gone))
                .invoke(account -> require(expected, account));
    }

    private Uni<Account> change(SqlConnection transaction, Account wanted) {
        return run(
                        transaction,
                        CHANGE,
                        wanted.id(),
                        wanted.username(),
                        wanted.email(),
                        wanted.displayName(),
                        reservationSeconds,
                        wanted.metadata() == null ? null : wanted.metadata().json())
                .map(rows -> AccountRepository.from(rows.iterator().next()));
    }

    private static void require(EntityTags expected, Account account) {
        if (!expected.nameStrongly(account.tag())) {
            throw EntityTags.preconditionFailed("The profile has been changed since; read it again.");
        }
    }

    static ProblemException gone() {
        return ProblemException.invalidToken("token_revoked", "The account of this token is gone.");
    }
}
