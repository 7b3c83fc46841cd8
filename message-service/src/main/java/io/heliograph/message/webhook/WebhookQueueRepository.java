package io.heliograph.message.webhook;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The leases of webhooks, on the pool of background jobs. Times are those of the database, so the clocks of replicas
 * need not agree. Each write is conditional on the fencing token of the lease, so an expired lease changes nothing.
 */
@Singleton
class WebhookQueueRepository extends Repository {

    /**
     * Finds webhooks with pending rooms by a loose index scan: an idle webhook costs nothing, and of one with many
     * pending rooms one entry is read. Failing webhooks come last, up to their own limit.
     */
    private static final String CLAIM = """
            with recursive pending as (
              (select webhook_id as id from webhook_rooms where head > rev order by webhook_id limit 1)
              union all
              select (select c.webhook_id from webhook_rooms c
                      where c.head > c.rev and c.webhook_id > p.id order by c.webhook_id limit 1)
              from pending p where p.id is not null
            ),
            due as (
              select h.id, h.attempts > 0 as failing, h.next_at,
                     row_number() over (partition by h.attempts > 0 order by h.next_at, h.id) as place
              from pending p join webhooks h on h.id = p.id
              where h.enabled and h.next_at <= now() and (h.lease_until is null or h.lease_until < now())
            ),
            chosen as (
              select id from due where not failing or place <= $2 order by failing, next_at, id limit $1
            )
            update webhooks h
            set holder = $3, lease_until = now() + $4 * interval '1 millisecond', fence = fence + 1
            where h.id in (select id from chosen)
              -- Once more, of the row as it is now: another replica may have been faster.
              and h.enabled and (h.lease_until is null or h.lease_until < now())
            returning h.id, h.url, h.events, h.batch, h.secret, h.attempts, h.fence,
                      case when h.previous_until > now() then h.previous_secret end as previous_secret
            """;

    private static final String RENEW = """
            update webhooks h set lease_until = now() + $4 * interval '1 millisecond'
            from unnest($1::uuid[], $2::bigint[]) as held(id, fence)
            where h.id = held.id and h.fence = held.fence and h.holder = $3
            returning h.id
            """;

    private static final String PENDING = """
            select room_id, rev, known from webhook_rooms
            where webhook_id = $1 and head > rev order by turn_at limit $2
            """;

    /** The changes of several rooms, as live delivery reads those of one; at least one message of each room. */
    private static final String CHANGES = "select " + MessageRepository.COLUMNS + """
            , c.room, r.last_rev
            from unnest($1::uuid[], $2::bigint[]) with ordinality as c(room, rev, n)
            join rooms r on r.id = c.room
            left join lateral (
              select * from (
                select *, sum(octet_length(content)) over (order by rev rows unbounded preceding) - octet_length(content) as bytes_before
                from (select * from messages where room_id = r.id and rev > c.rev order by rev limit $3) page
              ) sized
              where bytes_before < $4
            ) m on true
            left join people p on p.id = m.sender_id
            order by c.n, m.rev
            """;

    private static final String SAVE = """
            with held as materialized (
              select id from webhooks where id = $1 and fence = $2 and lease_until > now() for no key update
            )
            update webhook_rooms c
            set rev = moved.rev, known = moved.known, turn_at = now(),
                pending_since = case when c.head > moved.rev then c.pending_since end
            from held, unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[]) as moved(room, before, rev, known)
            where c.webhook_id = held.id and c.room_id = moved.room and c.rev = moved.before
            """;

    private static final String RECOVERED = """
            update webhooks set failing_since = null, last_error = null, attempts = 0 where id = $1 and fence = $2
            """;

    private static final String FAIL = """
            update webhooks
            set attempts = attempts + 1, failing_since = coalesce(failing_since, now()), last_error = $3,
                next_at = now() + $4 * interval '1 millisecond',
                enabled = not ended.now,
                disabled_reason = case when $6 then 'gone' when ended.now then 'failing' end,
                disabled_at = case when ended.now then now() end
            from (
              select $6 or coalesce(failing_since, now()) <= now() - $5 * interval '1 millisecond' as now
              from webhooks where id = $1
            ) ended
            where id = $1 and fence = $2
            returning enabled
            """;

    /** A disabled webhook has no pending rooms; they are recorded again when it is enabled. */
    private static final String FORGET = "update webhook_rooms set head = rev where webhook_id = $1 and head > rev";

    /** Behind those that are waiting. */
    private static final String RELEASE = """
            update webhooks set lease_until = null, holder = null, next_at = greatest(next_at, now())
            where id = $1 and holder = $2
            """;

    private final WebhookConfig config;

    WebhookQueueRepository(@ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig database, WebhookConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** Leases webhooks with changes to post, at most {@code failing} of them with a failing endpoint. */
    Future<List<WebhookLease>> claim(UUID holder, int limit, int failing) {
        long askedAt = System.nanoTime();
        return run(CLAIM, limit, failing, holder, config.lease().toMillis())
                .map(rows -> list(rows, row -> lease(row, askedAt)));
    }

    private WebhookLease lease(Row row, long askedAt) {
        return new WebhookLease(
                row.getUUID("id"),
                WebhookRepository.target(row),
                WebhookRepository.events(row),
                row.getInteger("attempts"),
                row.getLong("fence"),
                config.lease(),
                askedAt);
    }

    /** Renews leases. Returns those that this replica still holds and whose webhook has not been changed. */
    Future<Set<UUID>> renew(UUID holder, List<WebhookLease> held) {
        return run(
                        RENEW,
                        held.stream().map(WebhookLease::id).toArray(UUID[]::new),
                        held.stream().map(WebhookLease::fence).toArray(Long[]::new),
                        holder,
                        config.lease().toMillis())
                .map(rows -> new HashSet<>(list(rows, row -> row.getUUID("id"))));
    }

    /** The rooms with changes to post, those first that were served the longest ago. */
    Future<List<RoomCursor>> pending(WebhookLease webhook, int limit) {
        return run(PENDING, webhook.id(), limit)
                .map(rows -> list(
                        rows, row -> new RoomCursor(row.getUUID("room_id"), row.getLong("rev"), row.getLong("known"))));
    }

    /** The next changes of each room: at most {@code limit}, and {@code bytes} of content, per room. */
    Future<List<RoomPage>> changes(WebhookLease webhook, List<RoomCursor> cursors, int limit, long bytes) {
        return run(
                        CHANGES,
                        cursors.stream().map(RoomCursor::room).toArray(UUID[]::new),
                        cursors.stream().map(RoomCursor::rev).toArray(Long[]::new),
                        limit,
                        bytes)
                .map(rows -> pages(rows, cursors, webhook.events()));
    }

    private static List<RoomPage> pages(RowSet<Row> rows, List<RoomCursor> cursors, Set<EventType> wanted) {
        Map<UUID, List<Message>> messages = new LinkedHashMap<>();
        Map<UUID, Long> heads = new LinkedHashMap<>();
        for (Row row : rows) {
            UUID room = row.getUUID("room");
            heads.put(room, row.getLong("last_rev"));
            List<Message> ofRoom = messages.computeIfAbsent(room, first -> new ArrayList<>());
            if (row.getLong("message_rev") != null) {
                ofRoom.add(MessageRepository.from(row));
            }
        }
        return cursors.stream()
                .filter(cursor -> heads.containsKey(cursor.room()))
                .map(cursor -> page(cursor, messages.get(cursor.room()), heads.get(cursor.room()), wanted))
                .toList();
    }

    private static RoomPage page(RoomCursor from, List<Message> messages, long head, Set<EventType> wanted) {
        List<WebhookEvent> events = new ArrayList<>(messages.size());
        for (Message message : messages) {
            EventType.of(message, from.known(), wanted).ifPresent(type -> events.add(WebhookEvent.of(type, message)));
        }
        long rev = messages.isEmpty()
                ? Math.max(head, from.rev())
                : messages.get(messages.size() - 1).rev();
        return new RoomPage(from, new RoomCursor(from.room(), rev, rev < head ? from.known() : rev), events);
    }

    /**
     * Stores the new cursors and the requests. Returns whether the cursors were stored: not if the lease is lost or a
     * cursor was set back meanwhile.
     */
    Future<Boolean> save(WebhookLease webhook, Collection<RoomPage> posted, List<WebhookDelivery> deliveries) {
        List<RoomPage> sorted = posted.stream()
                .sorted(Comparator.comparing(page -> page.from().room().toString()))
                .toList();
        return inTransaction(transaction -> {
            Future<RowSet<Row>> saved = run(
                    transaction,
                    SAVE,
                    webhook.id(),
                    webhook.fence(),
                    sorted.stream().map(page -> page.from().room()).toArray(UUID[]::new),
                    sorted.stream().map(page -> page.from().rev()).toArray(Long[]::new),
                    sorted.stream().map(page -> page.to().rev()).toArray(Long[]::new),
                    sorted.stream().map(page -> page.to().known()).toArray(Long[]::new));
            // Both statements are sent together.
            Future<?> logged =
                    WebhookDeliveryRepository.log(transaction, webhook.id(), deliveries, config.keptDeliveries());
            return Future.join(saved, logged).map(done -> saved.result().rowCount() == sorted.size());
        });
    }

    /** The endpoint responds with success again. */
    Future<Void> recovered(WebhookLease webhook) {
        return run(RECOVERED, webhook.id(), webhook.fence()).mapEmpty();
    }

    /** A request failed. Returns whether the webhook is still enabled. */
    Future<Boolean> fail(WebhookLease webhook, String error, Duration wait, boolean gone) {
        return inTransaction(transaction -> run(
                        transaction,
                        FAIL,
                        webhook.id(),
                        webhook.fence(),
                        error,
                        wait.toMillis(),
                        config.giveUpAfter().toMillis(),
                        gone)
                .compose(rows -> {
                    boolean enabled = rows.size() == 0 || rows.iterator().next().getBoolean("enabled");
                    return enabled
                            ? Future.succeededFuture(true)
                            : run(transaction, FORGET, webhook.id()).map(false);
                }));
    }

    Future<Void> release(UUID holder, WebhookLease webhook) {
        return run(RELEASE, webhook.id(), holder).mapEmpty();
    }
}
