package io.heliograph.message.room;

import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * The bans from rooms. A ban is stored under the lock of the room, like the admission of members, so that no user is in
 * a room that they are banned from.
 */
@Singleton
class BanRepository extends Repository {

    /** A ban that was stored, and its effect on the membership. */
    record Banned(Ban ban, RemovalResult removal) {}

    private static final String LOCK_ROOM = "select from rooms where id = $1 for no key update";

    private static final String READ = """
            select b.user_id, u.username, u.display_name, u.deleted, u.bot,
                   b.banned_by, w.username as by_name, w.display_name as by_display_name, w.deleted as by_deleted,
                   w.bot as by_bot, b.reason, b.created_at, b.until
            from b join people u on u.id = b.user_id join people w on w.id = b.banned_by
            """;

    private static final String COUNT = """
            select count(*) as n from (
              select from bans where room_id = $1 and user_id <> $2 and (until is null or until > now()) limit $3
            ) b
            """;

    private static final String BAN = """
            with b as (
              insert into bans (room_id, user_id, banned_by, reason, until) values ($1, $2, $3, $4, $5)
              on conflict (room_id, user_id) do update
                set banned_by = excluded.banned_by, reason = excluded.reason, until = excluded.until, created_at = now()
              returning *
            )
            """ + READ;

    private static final String LIST = """
            with b as materialized (
              select * from bans
              where room_id = $1 and user_id > $2 and (until is null or until > now())
              order by user_id limit $3
            )
            """ + READ + "order by b.user_id";

    private static final String LIFT =
            "delete from bans where room_id = $1 and user_id = $2 returning (until > now()) is not false as held";

    private static final String DELETE_OVER = """
            delete from bans where (room_id, user_id) in (
              select room_id, user_id from bans where until <= now() order by until limit $1 for update skip locked)
            """;

    private final LockingTransactions transactions;
    private final MemberRepository members;
    private final AuditRepository audit;
    private final int most;

    BanRepository(
            Pool pool,
            DatabaseConfig database,
            LockingTransactions transactions,
            MemberRepository members,
            AuditRepository audit,
            RoomConfig config) {
        super(pool, database);
        this.transactions = transactions;
        this.members = members;
        this.audit = audit;
        this.most = config.maxBans();
    }

    /**
     * Also removes the member or the invitation. The profiles of both users must be stored; {@code until} may be null.
     */
    Future<Banned> ban(AuditEvent event, Instant until) {
        UUID room = event.room();
        return transactions.run(room, transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> locked.size() == 0
                        ? Future.failedFuture(RoomAccess.notFound())
                        : run(transaction, COUNT, room, event.user(), (long) most))
                .compose(rows -> rows.iterator().next().getLong("n") < most
                        ? run(transaction, BAN, room, event.user(), event.actor(), event.reason(), time(until))
                        : Future.failedFuture(tooMany()))
                .map(rows -> from(rows.iterator().next()))
                .compose(ban -> record(transaction, event)
                        .compose(recorded -> members.remove(transaction, room, event.user(), false))
                        .map(removal -> new Banned(ban, removal))));
    }

    /** Lifts the ban. Returns whether there was one that had not ended. */
    Future<Boolean> lift(AuditEvent event) {
        return transactions.run(event.room(), transaction -> run(transaction, LIFT, event.room(), event.user())
                .compose(lifted -> lifted.size() > 0 && lifted.iterator().next().getBoolean("held")
                        ? record(transaction, event).map(true)
                        : Future.succeededFuture(false)));
    }

    /** The bans from this room, in the order of the ids of the users. */
    Future<List<Ban>> list(UUID room, UUID after, int limit) {
        return run(LIST, room, after, limit).map(rows -> list(rows, BanRepository::from));
    }

    /** Deletes bans that have ended; returns how many, at most {@code limit}. */
    Future<Integer> deleteOver(int limit) {
        return run(DELETE_OVER, limit).map(rows -> rows.rowCount());
    }

    private Future<Void> record(SqlConnection transaction, AuditEvent event) {
        return audit.record(transaction, event);
    }

    private static OffsetDateTime time(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private ProblemException tooMany() {
        return ProblemException.of(
                Status.CONFLICT,
                "too_many_bans",
                "A room may have " + most + " bans; lift one first, or make the room private.");
    }

    private static Ban from(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("until");
        return new Ban(
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                row.getString("reason"),
                new Sender(
                        row.getUUID("banned_by"),
                        row.getString("by_name"),
                        row.getString("by_display_name"),
                        row.getBoolean("by_deleted"),
                        row.getBoolean("by_bot")),
                row.getOffsetDateTime("created_at").toInstant(),
                until == null ? null : until.toInstant());
    }
}
