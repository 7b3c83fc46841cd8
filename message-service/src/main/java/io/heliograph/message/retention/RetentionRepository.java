package io.heliograph.message.retention;

import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Removes the content of old messages, in the order of their seq. The place of each message is left, with a new rev, as
 * after any deletion.
 */
@Singleton
public class RetentionRepository extends Repository {

    /** A room, and whether the retention period of its first message with content has ended. */
    record RoomAge(UUID room, boolean due) {}

    /** The messages whose content was removed, in their current state; {@code more} if there may be others. */
    record Removal(List<Message> messages, boolean more) {}

    private static final String LEASE = """
            insert into leases (name, holder, until) values ('retention', $1, now() + make_interval(secs => $2))
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
              where leases.holder = excluded.holder or leases.until < now()
            returning name
            """;

    /** $2 are the days of the installation, or 0; those of the room apply if they are fewer. */
    private static final String DAYS = """
            least(%1$s.retention_days, case when $2 > 0 then $2 end)
            """;

    private static final String AGES = """
            with batch as materialized (
              select id, retention_days, retained_from from rooms where id > $1 %s order by id limit $3
            )
            select batch.id, m.created_at < now() - make_interval(days => """ + DAYS.formatted("batch") + """
            ) as due
            from batch left join messages m on m.room_id = batch.id and m.seq = batch.retained_from
            order by batch.id
            """;

    private static final String AGES_OF_ALL = AGES.replace("%s", "");
    private static final String AGES_OF_SET = AGES.replace("%s", "and retention_days is not null");

    private static final String LOCK_ROOM = "select last_rev from rooms where id = $1 for no key update";

    /** A room without a bound has no old messages. Removes messages up to the first one that is kept. */
    private static final String REMOVE = """
            with room as (
              select r.last_rev, r.retained_from, now() - make_interval(days => """ + DAYS.formatted("r") + """
              ) as kept_since
              from rooms r where r.id = $1
            ),
            page as materialized (
              select m.seq, m.deleted_at, m.mentions, m.created_at < room.kept_since as old
              from room join messages m on m.room_id = $1 and m.seq >= room.retained_from
              where room.kept_since is not null order by m.seq limit $3
            ),
            past as materialized (
              select seq, deleted_at, mentions from page
              where seq < coalesce((select min(seq) from page where not old), 9223372036854775807)
            ),
            numbered as materialized (
              select seq, mentions, row_number() over (order by seq) as n from past where deleted_at is null
            ),
            reactions_gone as (
              delete from reactions where room_id = $1 and seq in (select seq from numbered)
            ),
            mentions_gone as (
              delete from message_mentions t using numbered, unnest(numbered.mentions) as u(id)
              where t.room_id = $1 and t.user_id = u.id and t.seq = numbered.seq
            ),
            head as (
              update rooms set last_rev = last_rev + (select count(*) from numbered),
                               retained_from = (select max(seq) + 1 from past)
              where id = $1 and exists (select from past)
            ),
            removed as (
              update messages m
              set first_digest = coalesce(
                    m.first_digest, message_digest(m.content, m.metadata, m.reply_to, m.mentions)),
                  content = '', metadata = null, reply_to = null, mentions = null, reactions = '{}',
                  deleted_at = clock_timestamp(), deletion = '{"by": "retention"}',
                  rev = room.last_rev + numbered.n
              from numbered, room where m.room_id = $1 and m.seq = numbered.seq
              returning m.seq
            )
            select (select count(*) from past) as passed, (select count(*) from removed) as removed
            """;

    private static final String CHANGED = "select " + MessageRepository.COLUMNS + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.rev > $2 order by m.rev
            """;

    private static final String FIND = "select retention_days, retained_from from rooms where id = $1";

    private static final String SET = """
            update rooms set retention_days = $2 where id = $1 returning retention_days, retained_from
            """;

    private final LockingTransactions transactions;
    private final AuditRepository audit;
    private final RetentionConfig config;

    RetentionRepository(
            Pool pool,
            DatabaseConfig database,
            LockingTransactions transactions,
            AuditRepository audit,
            RetentionConfig config) {
        super(pool, database);
        this.transactions = transactions;
        this.audit = audit;
        this.config = config;
    }

    /** Returns whether this replica has the lease to remove content, for this time from now on. */
    Future<Boolean> lease(UUID replica, Duration length) {
        return run(LEASE, replica, (double) length.toSeconds()).map(rows -> rows.size() > 0);
    }

    /** The rooms that have a retention period, in the order of their ids, those after this one. */
    Future<List<RoomAge>> ages(UUID after, int limit) {
        return run(config.days() > 0 ? AGES_OF_ALL : AGES_OF_SET, after, config.days(), limit)
                .map(rows ->
                        list(rows, row -> new RoomAge(row.getUUID("id"), Boolean.TRUE.equals(row.getBoolean("due")))));
    }

    /** Removes the content of the first old messages of this room that still have content. */
    Future<Removal> remove(UUID room) {
        return transactions.run(room, transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> locked.size() == 0
                        ? Future.succeededFuture(new Removal(List.of(), false))
                        : remove(transaction, room, locked.iterator().next().getLong("last_rev"))));
    }

    private Future<Removal> remove(SqlConnection transaction, UUID room, long before) {
        return run(transaction, REMOVE, room, config.days(), config.batchSize()).compose(rows -> {
            Row done = rows.iterator().next();
            boolean more = done.getLong("passed") == config.batchSize();
            return done.getLong("removed") == 0
                    ? Future.succeededFuture(new Removal(List.of(), more))
                    : run(transaction, CHANGED, room, before)
                            .map(changed -> new Removal(list(changed, MessageRepository::from), more));
        });
    }

    Future<Optional<Retention>> find(UUID room) {
        return run(FIND, room).map(rows -> list(rows, this::retention).stream().findFirst());
    }

    /** The time before which messages of this room are not kept; empty if they are kept permanently. */
    public Future<Optional<Instant>> keptSince(UUID room) {
        return find(room).map(found -> found.map(Retention::effectiveDays)
                .map(days -> Instant.now().minus(Duration.ofDays(days))));
    }

    /** {@code days} may be null; empty if there is no such room. */
    Future<Optional<Retention>> set(AuditEvent event, Integer days) {
        return transactions.run(event.room(), transaction -> run(transaction, SET, event.room(), days)
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.<Retention>empty())
                        : audit.record(transaction, event)
                                .map(Optional.of(retention(rows.iterator().next())))));
    }

    private Retention retention(Row row) {
        return Retention.of(row.getInteger("retention_days"), config.days(), row.getLong("retained_from"));
    }
}
