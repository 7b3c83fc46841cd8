package io.heliograph.message.webhook;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Records the rooms in which webhooks have changes to post, and sets cursors back. */
@Singleton
class WebhookCursorRepository extends Repository {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** A place in the order of all cursors. */
    record CursorPlace(UUID webhook, UUID room) {

        static final CursorPlace START = new CursorPlace(BEFORE_ALL, BEFORE_ALL);
    }

    /** A part of all cursors: the position of the next part, and the rooms with changes that were not recorded. */
    record CursorPart(CursorPlace next, Set<UUID> behind) {}

    /** All webhooks: their number, the rooms with changes to post, and the age of the oldest of these. */
    record WebhookBacklog(long enabled, long disabled, long failing, long pendingRooms, double lagSeconds) {

        static final WebhookBacklog NONE = new WebhookBacklog(0, 0, 0, 0, 0);
    }

    /** In the order of the keys, so that two replicas that record the same rooms do not deadlock. */
    private static final String NOTE = """
            with changed as materialized (
              select c.webhook_id, c.room_id, r.last_rev
              from unnest($1::uuid[]) as x(id)
              join rooms r on r.id = x.id
              join webhook_rooms c on c.room_id = x.id
              join webhooks w on w.id = c.webhook_id
              where w.enabled and greatest(c.head, c.rev) < r.last_rev
              order by c.webhook_id, c.room_id
              for no key update of c
            )
            update webhook_rooms c
            set head = n.last_rev,
                pending_since = case when c.head > c.rev then c.pending_since else now() end,
                turn_at = case when c.head > c.rev then c.turn_at else now() end
            from changed n
            where c.webhook_id = n.webhook_id and c.room_id = n.room_id and greatest(c.head, c.rev) < n.last_rev
            """;

    private static final String ANY = "select exists (select from webhooks where enabled) as any";

    private static final String PART = """
            with part as materialized (
              select webhook_id, room_id, rev, head from webhook_rooms
              where (webhook_id, room_id) > ($1, $2) order by webhook_id, room_id limit $3
            )
            select p.webhook_id, p.room_id, w.enabled and greatest(p.head, p.rev) < r.last_rev as behind
            from part p left join webhooks w on w.id = p.webhook_id left join rooms r on r.id = p.room_id
            order by p.webhook_id, p.room_id
            """;

    private static final String COUNTS = """
            select count(*) filter (where enabled) as enabled, count(*) filter (where not enabled) as disabled,
                   count(*) filter (where enabled and attempts > 0) as failing
            from webhooks
            """;

    private static final String PENDING = """
            select count(*) as rooms,
                   coalesce(extract(epoch from now() - min(c.pending_since) filter (where w.enabled and w.attempts = 0)), 0)::float8 as lag
            from webhook_rooms c join webhooks w on w.id = c.webhook_id where c.head > c.rev
            """;

    /**
     * Sets the cursor of each room before the first message that changed since then, as far as times are stored. Rooms
     * without such a message are skipped.
     */
    private static final String SET_BACK = """
            with part as materialized (
              select room_id, rev from webhook_rooms
              where webhook_id = $1 and room_id > $2 order by room_id limit $3
            ),
            first as (
              select p.room_id, min(m.rev) as rev
              from part p
              cross join lateral (
                select rev, greatest(created_at, edited_at, deleted_at) as time from messages
                where room_id = p.room_id and rev <= p.rev order by rev desc limit $5
              ) m
              where m.time >= $4 and exists (
                select from (
                  select greatest(created_at, edited_at, deleted_at) as time from messages
                  where room_id = p.room_id order by rev desc limit 100
                ) latest where latest.time >= $4
              )
              group by p.room_id
            ),
            moved as (
              update webhook_rooms c
              set rev = f.rev - 1, known = f.rev - 1, head = greatest(c.head, c.rev), pending_since = now(), turn_at = now()
              from first f where c.webhook_id = $1 and c.room_id = f.room_id and c.rev >= f.rev
              returning 1
            )
            select (select count(*) from moved) as moved,
                   (select room_id from part order by room_id desc limit 1) as last
            """;

    private static final int ROOMS_AT_ONCE = 100;

    private final WebhookConfig config;

    WebhookCursorRepository(
            @ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig database, WebhookConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** Records that these rooms have changed. Returns the number of cursors that were not known to be behind. */
    Future<Integer> note(Collection<UUID> rooms) {
        return run(NOTE, (Object) rooms.toArray(UUID[]::new)).map(RowSet::rowCount);
    }

    /** Whether there is an enabled webhook. */
    Future<Boolean> any() {
        return run(ANY).map(rows -> rows.iterator().next().getBoolean("any"));
    }

    /** The part of all cursors after this position; after the last part comes the first. */
    Future<CursorPart> part(CursorPlace after) {
        int limit = config.sweepCursors();
        return run(PART, after.webhook(), after.room(), limit).map(rows -> {
            CursorPlace last = CursorPlace.START;
            Set<UUID> behind = new HashSet<>();
            for (Row row : rows) {
                last = new CursorPlace(row.getUUID("webhook_id"), row.getUUID("room_id"));
                if (Boolean.TRUE.equals(row.getBoolean("behind"))) {
                    behind.add(last.room());
                }
            }
            return new CursorPart(rows.size() < limit ? CursorPlace.START : last, behind);
        });
    }

    Future<WebhookBacklog> backlog() {
        return Future.all(run(COUNTS), run(PENDING)).map(both -> {
            Row counts = both.<RowSet<Row>>resultAt(0).iterator().next();
            Row pending = both.<RowSet<Row>>resultAt(1).iterator().next();
            return new WebhookBacklog(
                    counts.getLong("enabled"),
                    counts.getLong("disabled"),
                    counts.getLong("failing"),
                    pending.getLong("rooms"),
                    pending.getDouble("lag"));
        });
    }

    /** Sets the cursors back to this time. Returns the number of rooms with changes to post. */
    Future<Long> setBack(UUID webhook, Instant since) {
        return setBack(webhook, since, BEFORE_ALL, 0);
    }

    private Future<Long> setBack(UUID webhook, Instant since, UUID after, long moved) {
        return run(SET_BACK, webhook, after, ROOMS_AT_ONCE, WebhookRepository.time(since), config.maxRedelivered())
                .compose(rows -> {
                    Row part = rows.iterator().next();
                    UUID last = part.getUUID("last");
                    long rooms = moved + part.getLong("moved");
                    return last == null ? Future.succeededFuture(rooms) : setBack(webhook, since, last, rooms);
                });
    }
}
