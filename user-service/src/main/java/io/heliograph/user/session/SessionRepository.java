package io.heliograph.user.session;

import io.heliograph.user.account.Account;
import io.heliograph.user.session.Rotation.Renewed;
import io.heliograph.user.session.Rotation.Replayed;
import io.heliograph.user.session.Rotation.Unknown;
import io.heliograph.user.store.Repository;
import io.heliograph.user.store.StoreConfig;
import io.heliograph.user.token.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

@Singleton
class SessionRepository extends Repository {

    /** Also clears away what is over: sessions whose last token expired, and those past the limit. */
    private static final String CLEAR = """
            delete from sessions s
            where user_id = $1
              and (not exists (select from refresh_tokens where session_id = s.id and expires_at > now())
                   or id in (select id from sessions where user_id = $1 order by id desc offset $2))
            returning id
            """;

    /** Locked, so that an account that is deleted meanwhile is seen to be. */
    private static final String OPEN = """
            insert into sessions (user_id)
            select id from users where id = $1 and deleted_at is null for key share
            returning id
            """;

    private static final String ADD_TOKEN = """
            insert into refresh_tokens (hash, session_id, expires_at)
            values ($1, $2, now() + make_interval(secs => $3))
            """;

    /** Locked, so that of two who present the same token at once the second sees it spent. */
    private static final String PRESENT = """
            select session_id, spent_at is not null as spent, user_id, username, display_name, version, roles
            from refresh_tokens t join sessions s on s.id = t.session_id join users u on u.id = s.user_id
            where t.hash = $1 and t.expires_at > now()
            for update of t
            """;

    private static final String SPEND = """
            update refresh_tokens set spent_at = now() where hash = $1
            """;

    private static final String END = """
            delete from sessions where id = $1
            """;

    private static final String END_BY_TOKEN = """
            delete from sessions where id = (select session_id from refresh_tokens where hash = $1)
            returning id
            """;

    private final SessionConfig config;

    SessionRepository(Pool pool, StoreConfig store, SessionConfig config) {
        super(pool, store);
        this.config = config;
    }

    /** Fails with {@code bad_credentials} if the account has been deleted. */
    Uni<Opening> open(Account account, RefreshToken token) {
        return inTransaction(transaction -> run(transaction, CLEAR, account.id(), config.perAccount() - 1)
                .map(SessionRepository::ids)
                .flatMap(ended -> open(transaction, account, token).map(session -> new Opening(session, ended))));
    }

    /** Spends one token for the next. */
    Uni<Rotation> rotate(RefreshToken presented, RefreshToken next) {
        return inTransaction(
                transaction -> run(transaction, PRESENT, presented.hash()).flatMap(rows -> first(rows)
                        .map(row -> rotate(transaction, row, presented, next))
                        .orElseGet(() -> Uni.createFrom().item(new Unknown()))));
    }

    /** Ends the session of this token, if there is one, and says which it was. */
    Uni<List<UUID>> end(RefreshToken token) {
        return run(END_BY_TOKEN, token.hash()).map(SessionRepository::ids);
    }

    private Uni<Session> open(SqlConnection transaction, Account account, RefreshToken token) {
        return run(transaction, OPEN, account.id())
                .map(rows ->
                        first(rows).orElseThrow(SessionService::badCredentials).getUUID("id"))
                .call(id -> addToken(transaction, token, id))
                .map(id -> new Session(id, subject(account)));
    }

    private Uni<Rotation> rotate(SqlConnection transaction, Row row, RefreshToken presented, RefreshToken next) {
        Session session = from(row);
        if (row.getBoolean("spent")) {
            return run(transaction, END, session.id()).replaceWith(new Replayed(session));
        }
        return run(transaction, SPEND, presented.hash())
                .flatMap(spent -> addToken(transaction, next, session.id()))
                .replaceWith(new Renewed(session));
    }

    private Uni<?> addToken(SqlConnection transaction, RefreshToken token, UUID session) {
        double life = config.refreshLife().toSeconds();
        return run(transaction, ADD_TOKEN, token.hash(), session, life);
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
                        List.of(row.getArrayOfStrings("roles"))));
    }

    private static Subject subject(Account account) {
        return new Subject(account.id(), account.username(), account.displayName(), account.version(), account.roles());
    }
}
