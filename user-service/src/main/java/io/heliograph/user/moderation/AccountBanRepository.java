package io.heliograph.user.moderation;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.session.SessionRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Bans of accounts, which are columns of their rows. A ban locks the row, as a sign-in does. */
@Singleton
class AccountBanRepository extends Repository {

    /** A ban, and the sessions that it ended. */
    record Banned(AccountBan ban, List<UUID> ended) {}

    private static final String COLUMNS = """
            id, username, ban_reason, banned_by, banned_at, nullif(banned_until, 'infinity') as ban_ends
            """;

    private static final String LOCK = """
            select roles, exists (select from external_identities e where e.user_id = u.id and e.admin) as admin_elsewhere
            from users u where id = $1 and deleted_at is null and not bot for update of u
            """;

    private static final String BAN = """
            update users
            set banned_at = now(), banned_until = coalesce($2, 'infinity'::timestamptz), ban_reason = $3, banned_by = $4
            where id = $1 returning
            """ + COLUMNS;

    private static final String CLEAR =
            "set banned_at = null, banned_until = null, ban_reason = null, banned_by = null ";

    private static final String LIFT =
            "update users " + CLEAR + "where id = $1 and banned_until is not null and deleted_at is null returning id";

    private static final String FIND = "select " + COLUMNS + "from users where id = $1 and banned_until is not null";

    private static final String LIST =
            "select " + COLUMNS + "from users where banned_until is not null and id > $1 order by id limit $2";

    private static final String END = "update users " + CLEAR + """
            where id in (select id from users where banned_until <= now() order by banned_until limit $1
                         for update skip locked)
            returning id
            """;

    private final AuditRepository audit;

    AccountBanRepository(Pool pool, DatabaseConfig config, AuditRepository audit) {
        super(pool, config);
        this.audit = audit;
    }

    /** Ends the sessions too. Fails with {@code user_not_found}, and with {@code user_is_admin}. */
    Uni<Banned> ban(AuditEvent event) {
        UUID user = event.user();
        OffsetDateTime until = event.until() == null ? null : event.until().atOffset(ZoneOffset.UTC);
        return inTransaction(transaction -> run(transaction, LOCK, user)
                .map(rows -> first(rows).orElseThrow(Account::unknown))
                .invoke(AccountBanRepository::refuseAdmin)
                .flatMap(locked -> run(transaction, BAN, user, until, event.reason(), event.by()))
                .map(rows -> from(rows.iterator().next()))
                .flatMap(ban ->
                        SessionRepository.endAllBut(transaction, user, null).map(ended -> new Banned(ban, ended)))
                .call(banned -> audit.add(transaction, event)));
    }

    /** Lifts the ban; returns whether there was one. */
    Uni<Boolean> lift(AuditEvent event) {
        return inTransaction(transaction -> run(transaction, LIFT, event.user())
                .map(lifted -> lifted.rowCount() > 0)
                .call(lifted -> lifted
                        ? audit.add(transaction, event)
                        : Uni.createFrom().voidItem()));
    }

    Uni<Optional<AccountBan>> find(UUID user) {
        return run(FIND, user).map(rows -> first(rows).map(AccountBanRepository::from));
    }

    /** The bans of accounts whose ids are above {@code after}, in the order of their ids. */
    Uni<List<AccountBan>> list(UUID after, int limit) {
        return run(LIST, after, limit)
                .map(rows -> stream(rows).map(AccountBanRepository::from).toList());
    }

    /** Ends expired bans; returns the accounts, at most {@code limit}. */
    Uni<List<UUID>> end(int limit) {
        return inTransaction(transaction -> run(transaction, END, limit)
                .map(rows -> stream(rows).map(row -> row.getUUID("id")).toList())
                .call(ended -> record(transaction, ended, 0)));
    }

    private Uni<Void> record(SqlConnection transaction, List<UUID> ended, int from) {
        return from == ended.size()
                ? Uni.createFrom().voidItem()
                : audit.add(transaction, AuditEvent.done(Kind.ACCOUNT_UNBAN, ended.get(from)))
                        .flatMap(added -> record(transaction, ended, from + 1));
    }

    private static void refuseAdmin(Row account) {
        if (List.of(account.getArrayOfStrings("roles")).contains(Role.ADMIN) || account.getBoolean("admin_elsewhere")) {
            throw ProblemException.of(
                    Status.CONFLICT, "user_is_admin", "This is an administrator; take the role from them first.");
        }
    }

    private static AccountBan from(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("ban_ends");
        return new AccountBan(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("ban_reason"),
                row.getUUID("banned_by"),
                row.getOffsetDateTime("banned_at").toInstant(),
                until == null ? null : until.toInstant());
    }
}
