package io.heliograph.user.signin;

import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.session.SessionRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Credentials and the counts of failed attempts. The counts are read with the credentials, and updated in one
 * statement, so that they need no query of their own; as rows they are exact for all replicas.
 */
@Singleton
class SignInRepository extends Repository {

    private static final String BY_LOGIN = """
            select * from users where lower(username) = lower($1)
            union all
            select * from users where lower(email) = lower($1)
            """;

    private static final String BY_SESSION = """
            select users.* from users join sessions on user_id = users.id where sessions.id = $1
            """;

    /**
     * {@code $2} is the key for an account that does not exist, {@code $3} the address, {@code $7} its site, or null;
     * {@code $10} and {@code $11} are the owner of the device and its key, or null.
     */
    private static final String FIND = """
            select %s, password_hash, password_version, subject, signed_in_there, known_device, extract(epoch from (
              select max(clear_at - make_interval(secs => allowance)) - now()
              from failed_sign_ins join (values
                  (subject, case when known_device then $11::text else $3::text end, $4::float8),
                  (case when not (signed_in_there or known_device) then subject end, '', $5::float8),
                  (case when not known_device then '' end, $3, $6::float8),
                  (case when not (signed_in_there or known_device) then subject end, $7::text, $8::float8),
                  (case when not (signed_in_there or known_device) then '' end, $7::text, $9::float8)
                ) as keys (account, address, allowance) using (account, address)
            ))::float8 as wait
            from (select 1) as always
              left join lateral (%s) u on true
              cross join lateral (
                select coalesce(u.id::text, $2) as subject,
                       exists (select from sessions where user_id = u.id and address <<= $3::text::inet)
                         as signed_in_there,
                       u.id is not null and u.id is not distinct from $10::uuid as known_device)
            """;

    private static final String FIND_BY_LOGIN = FIND.formatted(AccountRepository.COLUMNS, BY_LOGIN);
    private static final String FIND_BY_SESSION = FIND.formatted(AccountRepository.COLUMNS, BY_SESSION);

    private static final String KEYS = """
            keys as (
              select * from unnest($1::text[], $2::text[], $3::float8[], $4::float8[])
                as keys (account, address, step, allowance)
            )
            """;

    /**
     * Also returns the wait before this failure. Deletes some expired rows, so that there are never many of them, but
     * not those that are updated: no row can be changed twice in a statement.
     */
    private static final String FAIL = """
            with %s, removed as (
              delete from failed_sign_ins where ctid = any (array(
                select f.ctid from failed_sign_ins f
                where clear_at < now() and not exists (
                  select from keys where keys.account = f.account and keys.address = f.address)
                order by clear_at limit 10 for update skip locked))
            ), counted as (
              insert into failed_sign_ins as f (account, address, clear_at)
              select account, address, now() + make_interval(secs => step) from keys order by account, address
              on conflict (account, address)
                do update set clear_at = greatest(f.clear_at, now()) + (excluded.clear_at - now())
              returning f.account, f.address, old.clear_at as clear_before
            )
            select extract(epoch from max(clear_before - make_interval(secs => allowance)) - now())::float8 as wait
            from counted join keys using (account, address)
            """.formatted(KEYS);

    /**
     * Clears the failures of this account at this address, but not at its site, unless they are past the limit by now.
     */
    private static final String PASS = """
            with %s, waits as (
              select max(clear_at - make_interval(secs => allowance)) - now() as wait
              from failed_sign_ins join keys using (account, address)
            ), forgiven as (
              delete from failed_sign_ins using keys, waits
              where failed_sign_ins.account = keys.account and failed_sign_ins.address = keys.address
                and keys.account <> '' and keys.address <> '' and right(keys.address, 3) <> '/48' and wait <= interval '0'
            )
            select extract(epoch from wait)::float8 as wait from waits
            """.formatted(KEYS);

    /** Only if the password is still the one that was checked. */
    private static final String REHASH = """
            update users set password_hash = $3 where id = $1 and password_version = $2
            """;

    private static final String CHANGE = """
            update users set password_hash = $3, password_version = password_version + 1
            where id = $1 and password_version = $2
            """;

    private static final String SET = """
            update users set password_hash = $2, password_version = password_version + 1 where id = $1
            """;

    private final SignInConfig config;
    private final AuditRepository audit;

    SignInRepository(Pool pool, DatabaseConfig database, SignInConfig config, AuditRepository audit) {
        super(pool, database);
        this.audit = audit;
        this.config = config;
    }

    /** By username or address, without regard to case. {@code nobody} is the key for a login that no account has. */
    Uni<SignInAttempt> find(String login, String nobody, SignInSource source) {
        return find(FIND_BY_LOGIN, login, nobody, source);
    }

    /** The owner of this session. */
    Uni<SignInAttempt> find(UUID session, SignInSource source) {
        return find(FIND_BY_SESSION, session, "", source);
    }

    /** Counts a failure, or resets the count; returns the wait if the limit had been reached before. */
    Uni<Optional<Duration>> settle(List<FailureKey> keys, boolean passed) {
        return run(
                        passed ? PASS : FAIL,
                        keys.stream().map(FailureKey::account).toArray(String[]::new),
                        keys.stream().map(FailureKey::address).toArray(String[]::new),
                        keys.stream().map(key -> key.limit().step()).toArray(Double[]::new),
                        keys.stream().map(key -> key.limit().allowance()).toArray(Double[]::new))
                .map(rows -> delay(rows.iterator().next()));
    }

    /** Stores a new hash of the same password. */
    Uni<Void> rehash(Credentials checked, String hash) {
        return run(REHASH, checked.account().id(), checked.passwordVersion(), hash)
                .replaceWithVoid();
    }

    /**
     * Changes the password and ends all sessions but this one, which are returned. They are ended in a second
     * statement, which sees sessions that were opened while the first one waited. Empty if the password is not the
     * checked one.
     */
    Uni<Optional<List<UUID>>> change(Credentials checked, String hash, UUID session) {
        UUID user = checked.account().id();
        return inTransaction(transaction -> run(transaction, CHANGE, user, checked.passwordVersion(), hash)
                .flatMap(changed -> changed.rowCount() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : SessionRepository.endAllBut(transaction, user, session)
                                .map(Optional::of)));
    }

    /** Sets the password and ends all sessions, which are returned. */
    Uni<List<UUID>> set(AuditEvent event, String hash) {
        UUID user = event.user();
        return inTransaction(transaction -> run(transaction, SET, user, hash)
                .flatMap(set -> SessionRepository.endAllBut(transaction, user, null))
                .call(ended -> audit.add(transaction, event)));
    }

    private Uni<SignInAttempt> find(String sql, Object who, String nobody, SignInSource source) {
        return run(
                        sql,
                        who,
                        nobody,
                        source.network(),
                        config.accountAtAddress().allowance(),
                        config.account().allowance(),
                        config.address().allowance(),
                        source.site(),
                        config.accountAtSite().allowance(),
                        config.site().allowance(),
                        source.deviceUser(),
                        source.devicePlace())
                .map(rows -> attempt(rows.iterator().next(), source));
    }

    private SignInAttempt attempt(Row row, SignInSource source) {
        Optional<Credentials> found = row.getUUID("id") == null
                ? Optional.empty()
                : Optional.of(new Credentials(
                        AccountRepository.from(row),
                        row.getString("password_hash"),
                        row.getInteger("password_version")));
        List<FailureKey> failures = FailureKey.of(
                config,
                row.getString("subject"),
                source,
                row.getBoolean("signed_in_there"),
                row.getBoolean("known_device"));
        return new SignInAttempt(found, failures, delay(row));
    }

    private static Optional<Duration> delay(Row row) {
        Double seconds = row.getDouble("wait");
        return seconds == null || seconds <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000)));
    }
}
