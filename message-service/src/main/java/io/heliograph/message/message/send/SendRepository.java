package io.heliograph.message.message.send;

import io.heliograph.message.message.Message;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Stores a group of sends in one transaction. A writer of a room holds its row lock until the commit, so that seq and
 * rev have no gap and are committed in their order; locks are taken in the order of the room ids, so that groups of
 * several replicas cannot deadlock. A batch with a repeated client id stores nothing.
 */
@Singleton
class SendRepository {

    /** Stores the ids of the locked rooms in a setting of the transaction, for the next statement. */
    private static final String LOCK = """
            select set_config('heliograph.locked', coalesce(array_agg(id), '{}')::text, true)
            from (select id from rooms where id = any($1) order by id for no key update %s) locked
            """;

    private static final String LOCK_FREE_ROOMS = LOCK.formatted("skip locked");
    private static final String LOCK_ALL_ROOMS = LOCK.formatted("");

    /** The rights of the sender of {@code s} in the room: keyed lookups, whatever the statistics of the planner are. */
    private static final String RIGHTS = """
            left join lateral (
              select visibility, last_seq, last_rev from rooms where id = s.room_id limit 1
            ) r on true
            left join lateral (
              select true as member from members where room_id = s.room_id and user_id = s.sender_id limit 1
            ) m on true
            left join lateral (
              -- In a private room of two nobody writes to one who has blocked them. Of almost every sender the first
              -- look-up finds that there is none.
              select case
                  when r.visibility <> 'private' then false
                  when (select true from blocks where blocked_id = s.sender_id limit 1) is null then false
                  when (select count(*) from (select from members where room_id = s.room_id limit 3) few) <> 2 then false
                  else (select true from members other join blocks b
                          on b.user_id = other.user_id and b.blocked_id = s.sender_id
                        where other.room_id = s.room_id limit 1) is not null
                end as blocked
            ) direct on true
            """;

    private static final String RIGHTS_COLUMNS = """
            r.visibility, r.last_seq, r.last_rev, m.member, direct.blocked,
            -- As a subquery it is read once and hashed; else the whole list is parsed for each send.
            s.room_id in (select unnest(current_setting('heliograph.locked')::uuid[])) as locked
            """;

    /**
     * A statement of its own after the lock: only then does its snapshot include the commits of earlier lock holders.
     * The lateral lookups with their limit keep the plan on the keys of each table, whatever the statistics of the
     * planner are.
     */
    private static final String APPEND_TEMPLATE = """
            with sent as (
              select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[] %s)
                with ordinality as s(room_id, sender_id, client_id, content, batch %s, n)
            ),
            %s
            known as (
              select s.*, first.seq as first_seq, first.created_rev as first_rev, first.created_at as first_at, first.same,
                     bool_or(first.seq is not null) over (partition by s.batch) as begun %s
              from allowed s
              left join lateral (
                select seq, created_rev, created_at, %s as same
                from messages
                where room_id = s.room_id and sender_id = s.sender_id and client_id = s.client_id limit 1
              ) first on true
            ),
            clock as materialized (select clock_timestamp() as time),
            -- The same rows again, so that none has to be found a second time.
            numbered as materialized (
              select judged.*, %s as time,
                     last_seq + count(*) filter (where fresh) over room as seq,
                     last_rev + count(*) filter (where fresh) over room as rev
              from (
                select *, coalesce(member and locked and not begun and not blocked, false) %s as fresh from known
              ) judged, clock
              window room as (partition by room_id order by n rows unbounded preceding)
            ),
            stored as (
              insert into messages (room_id, seq, rev, created_rev, sender_id, client_id, content, created_at %s)
              select room_id, seq, rev, rev, sender_id, client_id, content, time %s from numbered where fresh
            ),
            %s
            advanced as (
              update rooms set last_seq = head.seq, last_rev = head.rev
              from (
                select room_id, max(seq) as seq, max(rev) as rev from numbered where fresh group by room_id
              ) head
              where rooms.id = head.room_id
            )
            select visibility, locked, member, blocked, first_seq is not null as repeated, same,
                   case when fresh then seq else first_seq end as seq,
                   case when fresh then rev else first_rev end as rev,
                   case when fresh then time else first_at end as created_at %s
            from numbered order by n
            """;

    private static final String APPEND = APPEND_TEMPLATE.formatted(
            "",
            "",
            "allowed as (select s.*, " + RIGHTS_COLUMNS + " from sent s " + RIGHTS + "),",
            "",
            """
            coalesce(first_digest = sha256(convert_to(s.content, 'UTF8')),
                     content = s.content and metadata is null and reply_to is null and mentions is null)
            """,
            "clock.time",
            "",
            "",
            "",
            "",
            "");

    /** All messages up to the last one of the room exist, at least as a tombstone. Few messages have mentions. */
    private static final String FAULT = """
            case
              when reply_to > last_seq then 'reply'
              when mentions is null then null
              when (
                select bool_or((
                  select true from members where room_id = sent.room_id and user_id = mentioned.id limit 1
                ) is null)
                from unnest(mentions::uuid[]) as mentioned(id)
              ) then 'mention'
            end as fault
            """;

    /**
     * A statement of its own, so that plain sends do not pay for imports and attributes. An import has many messages of
     * few senders, whose rights are looked up once for all of them. One invalid message rejects its whole batch.
     */
    private static final String APPEND_WITH_ATTRIBUTES = APPEND_TEMPLATE.formatted(
            ", $6::timestamptz[], $7::text[], $8::text[], $9::bigint[], $10::text[]",
            ", sent_at, imported, metadata, reply_to, mentions",
            "rights as materialized (select s.*, " + RIGHTS_COLUMNS
                    + " from (select distinct room_id, sender_id from sent) s " + RIGHTS + "),"
                    + " allowed as (select *, " + FAULT + " from sent join rights using (room_id, sender_id)),",
            ", max(s.fault) over (partition by s.batch) as batch_fault",
            """
            coalesce(first_digest = message_digest(s.content, s.metadata, s.reply_to, s.mentions::uuid[]),
                     content = s.content and metadata is not distinct from s.metadata
                       and reply_to is not distinct from s.reply_to and mentions is not distinct from s.mentions::uuid[])
            """,
            "coalesce(sent_at, clock.time)",
            "and batch_fault is null",
            ", imported, metadata, reply_to, mentions",
            ", imported::jsonb, metadata, reply_to, mentions::uuid[]",
            """
            mentioned as (
              insert into message_mentions (room_id, user_id, seq)
              select numbered.room_id, each.id, numbered.seq
              from numbered cross join lateral unnest(numbered.mentions::uuid[]) as each(id)
              where fresh and each.id <> sender_id
            ),
            """,
            ", begun, batch_fault as fault");

    private final Pool pool;

    SendRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * All or nothing: succeeds once the group is committed, with an outcome for each send of each batch in their order.
     * No two sends of a group may have the same room, sender and client id. After a failure the group may have been
     * stored; it can be sent again safely, and then returns the result.
     */
    Future<List<SendResult>> append(List<MessageBatch> group, LockWaitPolicy lock) {
        return pool.withConnection(connection -> append(connection, group, lock));
    }

    /** The four statements are sent together, so that the row locks are not held for a round trip. */
    private static Future<List<SendResult>> append(
            SqlConnection connection, List<MessageBatch> batches, LockWaitPolicy lock) {
        List<NewMessage> group = MessageBatch.sends(batches);
        Future<?> begun = connection.query("begin").execute();
        Future<?> locked = connection
                .preparedQuery(lock == LockWaitPolicy.SKIP ? LOCK_FREE_ROOMS : LOCK_ALL_ROOMS)
                .execute(
                        Tuple.of(group.stream().map(NewMessage::room).distinct().toArray(UUID[]::new)));
        boolean plain = group.stream().allMatch(NewMessage::isPlain);
        Future<RowSet<Row>> appended = connection
                .preparedQuery(plain ? APPEND : APPEND_WITH_ATTRIBUTES)
                .execute(Tuple.from(plain ? SendColumns.plain(batches) : SendColumns.all(batches)));
        // In a failed transaction this is a rollback.
        Future<?> ended = connection.query("commit").execute();
        return Future.join(begun, locked, appended, ended)
                .transform(all -> firstFailure(begun, locked, appended, ended))
                .map(done -> outcomes(group, appended.result()));
    }

    /** The cause, instead of the "transaction is aborted" of the later statements. */
    private static Future<Void> firstFailure(Future<?>... steps) {
        for (Future<?> step : steps) {
            if (step.failed()) {
                return Future.failedFuture(step.cause());
            }
        }
        return Future.succeededFuture();
    }

    private static List<SendResult> outcomes(List<NewMessage> group, RowSet<Row> rows) {
        List<SendResult> outcomes = new ArrayList<>(group.size());
        for (Row row : rows) {
            outcomes.add(from(row, group.get(outcomes.size())));
        }
        return outcomes;
    }

    private static SendResult from(Row row, NewMessage send) {
        if (row.getString("visibility") != null && !row.getBoolean("locked")) {
            return new SendResult.Contended();
        }
        if (row.getBoolean("member") == null) {
            return "public".equals(row.getString("visibility")) ? new SendResult.NotMember() : new SendResult.NoRoom();
        }
        if (row.getLong("seq") == null) {
            return row.getBoolean("blocked") ? new SendResult.Blocked() : fault(row);
        }
        if (!row.getBoolean("repeated")) {
            return new SendResult.Stored(message(row, send));
        }
        return row.getBoolean("same") ? new SendResult.Repeated(message(row, send)) : new SendResult.Conflict();
    }

    private static SendResult fault(Row row) {
        int column = row.getColumnIndex("fault");
        String fault = column < 0 ? null : row.getString(column);
        if (fault == null || row.getBoolean("begun")) {
            return new SendResult.Conflict();
        }
        return fault.equals("reply") ? new SendResult.NoSuchReply() : new SendResult.MentionOutsideRoom();
    }

    private static Message message(Row row, NewMessage send) {
        return Message.sent(
                send.room(),
                row.getLong("seq"),
                row.getLong("rev"),
                send.sender(),
                send.clientId(),
                send.content(),
                row.getOffsetDateTime("created_at").toInstant(),
                send.attribution(),
                send.attributes());
    }
}
