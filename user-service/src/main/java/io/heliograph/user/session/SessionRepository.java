package io.heliograph.user.session;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.Credentials;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.session.RotationResult.Renewed;
import io.heliograph.user.session.RotationResult.Repeated;
import io.heliograph.user.session.RotationResult.Replayed;
import io.heliograph.user.session.RotationResult.Unknown;
import io.heliograph.user.token.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Locks are taken in one order, so that changes cannot deadlock: first the account, then the session, then its tokens. */
@Singleton
public class SessionRepository extends Repository {

    /**
     * Opens a session only if the password is still the one that was checked, and the account is not banned. The row is
     * locked, so that a concurrent change of the password, or a ban, either is seen here or sees this session.
     */
    private static final String OPEN = """
            with opened as (
              insert into sessions (user_id, address, user_agent)
              select id, $3::text::inet, $4 from users
              where id = $1 and password_version = $2 and password_hash is not null and banned_until is null
              for no key update
              returning id
            )
            insert into refresh_tokens (hash, session_id, expires_at)
            select $5, id, now() + make_interval(secs => $6) from opened
            returning session_id
            """;

    /** Ended sessions: those whose last token expired, and those past the limit. */
    private static final String CLEAR = """
            delete from sessions s
            where user_id = $1
              and (not exists (select from refresh_tokens where session_id = s.id and expires_at > now())
                   or id in (select id from sessions where user_id = $1 order by id desc offset $2))
            returning id
            """;

    /** Locks the session, so that of two concurrent requests with the same token the second sees it spent. */
    private static final String PRESENT = """
            update sessions s set last_used_at = now(), address = $2::text::inet, user_agent = $3
            from refresh_tokens t, users u
            where t.hash = $1 and t.expires_at > now() and s.id = t.session_id and u.id = s.user_id
            returning s.id as session_id, s.created_at as signed_in_at, user_id, username, display_name, version, roles
            """;

    /** Deletes the stored token pairs of earlier refresh tokens that are past the reuse interval. */
    private static final String SPEND = """
            with forgotten as (
              update refresh_tokens set successor = null
              where session_id = $3 and successor is not null and hash <> $1
                and spent_at < now() - make_interval(secs => $4)
            )
            update refresh_tokens set spent_at = now(), successor = $2 where hash = $1 and spent_at is null
            """;

    /** The time of use may be after the start of this transaction, which waited for the one that spent the token. */
    private static final String SPENT = """
            select successor, greatest(0, extract(epoch from clock_timestamp() - spent_at))::float8 as seconds
            from refresh_tokens where hash = $1
            """;

    private static final String ADD_TOKEN = """
            insert into refresh_tokens (hash, session_id, expires_at)
            values ($1, $2, now() + make_interval(secs => $3))
            """;

    private static final String END = """
            delete from sessions where id = $1
            """;

    private static final String END_BY_TOKEN = """
            delete from sessions s using users u
            where s.id = (select session_id from refresh_tokens where hash = $1) and u.id = user_id
            returning s.id as session_id, s.created_at as signed_in_at, user_id, username, display_name, version, roles
            """;

    private static final String END_OWN = """
            delete from sessions where id = $1 and user_id = $2 returning id
            """;

    private static final String END_ALL_BUT = """
            delete from sessions where user_id = $1 and id is distinct from $2 returning id
            """;

    private static final String FIND_OWN = """
            select id, created_at, last_used_at, user_agent, host(address) as address
            from sessions s
            where user_id = $1
              and exists (select from refresh_tokens where session_id = s.id and expires_at > now())
            order by last_used_at desc, id
            """;

    private final SessionConfig config;
    private final AuditRepository audit;

    SessionRepository(Pool pool, DatabaseConfig database, SessionConfig config, AuditRepository audit) {
        super(pool, database);
        this.audit = audit;
        this.config = config;
    }

    /** Fails with {@code bad_credentials} if they have been changed since they were checked. */
    Uni<NewSession> open(Credentials checked, Device device, RefreshToken token) {
        Account account = checked.account();
        return inTransaction(transaction -> run(
                        transaction,
                        OPEN,
                        account.id(),
                        checked.passwordVersion(),
                        device.address(),
                        device.userAgent(),
                        token.hash(),
                        lifetimeSeconds())
                .map(rows -> first(rows).orElseThrow(Credentials::refusal).getUUID("session_id"))
                .map(id -> new Session(id, subject(account), Instant.now()))
                .flatMap(session -> run(transaction, CLEAR, account.id(), config.perAccount())
                        .map(cleared -> new NewSession(session, ids(cleared)))));
    }

    /** Spends a refresh token for a token pair, which is created once the user is known. */
    Uni<RotationResult> rotate(RefreshToken presented, TokenIssuer issuer, Device device) {
        return inTransaction(
                transaction -> run(transaction, PRESENT, presented.hash(), device.address(), device.userAgent())
                        .flatMap(rows -> first(rows)
                                .map(row -> rotate(transaction, from(row), presented, issuer))
                                .orElseGet(() -> Uni.createFrom().item(new Unknown()))));
    }

    /** Ends the session of this token, if there is one, and returns it. */
    Uni<Optional<Session>> end(RefreshToken token) {
        return run(END_BY_TOKEN, token.hash()).map(rows -> first(rows).map(SessionRepository::from));
    }

    /** Ends all sessions of this user. */
    Uni<List<UUID>> endAll(UUID user) {
        return run(END_ALL_BUT, user, null).map(SessionRepository::ids);
    }

    /** Ends a session of this user, which is returned; empty if there is no such session. */
    Uni<List<UUID>> end(UUID user, UUID session) {
        return run(END_OWN, session, user).map(SessionRepository::ids);
    }

    /** Ends the session of this event, or all of its account; stores the event if any has ended. */
    Uni<List<UUID>> end(AuditEvent event) {
        return inTransaction(transaction -> (event.session() == null
                        ? run(transaction, END_ALL_BUT, event.user(), null)
                        : run(transaction, END_OWN, event.session(), event.user()))
                .map(SessionRepository::ids)
                .call(ended -> ended.isEmpty() ? Uni.createFrom().voidItem() : audit.add(transaction, event)));
    }

    /**
     * Ends the sessions of an account inside of a transaction of another feature, which has locked its row; all of them
     * if {@code kept} is null. Completes with the sessions that ended, for {@link SessionService#recordEnded} after the
     * commit.
     */
    public static Uni<List<UUID>> endAllBut(SqlConnection transaction, UUID user, UUID kept) {
        return run(transaction, END_ALL_BUT, user, kept).map(SessionRepository::ids);
    }

    /** The sessions of this user, last used first. */
    Uni<List<SessionView>> findAll(UUID user, UUID current) {
        return run(FIND_OWN, user)
                .map(rows -> stream(rows).map(row -> openSession(row, current)).toList());
    }

    private Uni<RotationResult> rotate(
            SqlConnection transaction, Session session, RefreshToken presented, TokenIssuer issuer) {
        RefreshToken next = issuer.nextRefreshToken();
        TokenPair pair = issuer.of(session, next);
        byte[] sealed = issuer.seal(presented, pair);
        return run(transaction, SPEND, presented.hash(), sealed, session.id(), reuseSeconds())
                .flatMap(spent -> spent.rowCount() == 0
                        ? repeat(transaction, session, presented, issuer)
                        : run(transaction, ADD_TOKEN, next.hash(), session.id(), lifetimeSeconds())
                                .replaceWith(new Renewed(session, pair)));
    }

    private Uni<RotationResult> repeat(
            SqlConnection transaction, Session session, RefreshToken presented, TokenIssuer issuer) {
        return run(transaction, SPENT, presented.hash()).flatMap(rows -> {
            Row spent = rows.iterator().next();
            var sealed = spent.getBuffer("successor");
            double seconds = spent.getDouble("seconds");
            return sealed == null || seconds >= reuseSeconds()
                    ? run(transaction, END, session.id()).replaceWith(new Replayed(session))
                    : Uni.createFrom()
                            .item(new Repeated(session, issuer.open(presented, sealed.getBytes(), (long) seconds)));
        });
    }

    private double reuseSeconds() {
        return config.reuseInterval().toMillis() / 1_000.0;
    }

    private double lifetimeSeconds() {
        return config.refreshTokenLifetime().toSeconds();
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return stream(rows).map(row -> row.getUUID("id")).toList();
    }

    private static Session from(Row row) {
        return new Session(
                row.getUUID("session_id"),
                new Subject(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getLong("version"),
                        List.of(row.getArrayOfStrings("roles"))),
                row.getOffsetDateTime("signed_in_at").toInstant());
    }

    private static Subject subject(Account account) {
        return new Subject(account.id(), account.username(), account.displayName(), account.version(), account.roles());
    }

    private static SessionView openSession(Row row, UUID current) {
        UUID id = row.getUUID("id");
        return new SessionView(
                id,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("last_used_at").toInstant(),
                id.equals(current),
                row.getString("user_agent"),
                row.getString("address"));
    }
}
