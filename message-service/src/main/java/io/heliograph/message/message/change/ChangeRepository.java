package io.heliograph.message.message.change;

import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Deletion;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.SendResult;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Changes stored messages. Each change takes the next rev of the room under its row lock, like a send, so that all
 * changes of a room have one order; a request that changes nothing takes no rev.
 */
@Singleton
class ChangeRepository extends Repository {

    /**
     * A statement of its own, as in the write path, so that the snapshot of the next one includes the commits of
     * earlier lock holders.
     */
    private static final String LOCK_ROOM = "select from rooms where id = $1 for no key update";

    private static final String FIND = "select " + MessageRepository.COLUMNS + MessageRepository.mine("$3") + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.seq = $2
            """;

    /** Increments the head of the room, which is the rev of the change. */
    private static final String HEAD = """
            with head as (update rooms set last_rev = last_rev + 1 where id = $1 returning last_rev)
            """;

    private static final String EDIT = HEAD + """
            update messages
            set first_digest = coalesce(first_digest, message_digest(content, metadata, reply_to, mentions)),
                content = $3, metadata = $4, edited_at = clock_timestamp(), rev = (select last_rev from head)
            where room_id = $1 and seq = $2
            """;

    private static final String MEMBERS = "select count(*) as n from members where room_id = $1 and user_id = any($2)";

    /** Users {@code $6} are no longer mentioned, {@code $7} newly; a mention of oneself is not counted. */
    private static final String EDIT_MENTIONS = HEAD + """
            , unmentioned as (
              delete from message_mentions where room_id = $1 and seq = $2 and user_id = any($6)
            ),
            mentioned as (
              insert into message_mentions (room_id, user_id, seq)
              select $1, each.id, $2 from unnest($7::uuid[]) as each(id)
              on conflict do nothing
            )
            update messages
            set first_digest = coalesce(first_digest, message_digest(content, metadata, reply_to, mentions)),
                content = $3, metadata = $4, mentions = $5, edited_at = clock_timestamp(),
                rev = (select last_rev from head)
            where room_id = $1 and seq = $2
            """;

    private static final String DELETE = HEAD + """
            , gone as (delete from reactions where room_id = $1 and seq = $2),
            unmentioned as (
              delete from message_mentions where room_id = $1 and seq = $2 and user_id = any($3)
            )
            update messages
            set first_digest = coalesce(first_digest, message_digest(content, metadata, reply_to, mentions)),
                content = '', metadata = null, reply_to = null, mentions = null,
                reactions = '{}', deleted_at = clock_timestamp(), deletion = $4, rev = (select last_rev from head)
            where room_id = $1 and seq = $2
            """;

    /** Adds a reaction, up to $5 of one user on one message. {@code known} if it existed before. */
    private static final String REACT = """
            with own as (
              select count(*) as n, bool_or(emoji = $4) as known
              from reactions where room_id = $1 and user_id = $3 and seq = $2
            ),
            added as (
              insert into reactions (room_id, seq, user_id, emoji)
              select $1, $2, $3, $4 from own where n < $5 and known is not true
              returning emoji
            )
            select own.known is true as known, exists(select from added) as added from own
            """;

    private static final String TAKE_BACK = """
            delete from reactions where room_id = $1 and seq = $2 and user_id = $3 and emoji = $4
            """;

    /** Changes the count of one emoji by one; the cost does not depend on the number of reactions. */
    private static final String COUNT = HEAD + """
            update messages
            set rev = (select last_rev from head),
                reactions = case
                  when coalesce((reactions ->> $3)::bigint, 0) + $4 > 0
                  then jsonb_set(reactions, array[$3], to_jsonb(coalesce((reactions ->> $3)::bigint, 0) + $4))
                  else reactions - $3
                end
            where room_id = $1 and seq = $2
            """;

    private static final String REACTORS = """
            select r.user_id, p.username, p.display_name, p.deleted, p.bot, r.created_at
            from reactions r join people p on p.id = r.user_id
            where r.room_id = $1 and r.seq = $2 and r.emoji = $3 and r.user_id > $4
            order by r.user_id limit $5
            """;

    private final LockingTransactions transactions;
    private final AuditRepository audit;

    ChangeRepository(Pool pool, DatabaseConfig config, LockingTransactions transactions, AuditRepository audit) {
        super(pool, config);
        this.audit = audit;
        this.transactions = transactions;
    }

    /** The message, with the reactions of this reader. */
    Future<Optional<Message>> find(UUID room, long seq, UUID reader) {
        return run(FIND, room, seq, reader).map(ChangeRepository::first);
    }

    /** The users who reacted to the message with this emoji, in the order of their ids. */
    Future<List<Reaction>> reactors(UUID room, long seq, String emoji, UUID after, int limit) {
        return run(REACTORS, room, seq, emoji, after, limit).map(rows -> list(rows, ChangeRepository::reactor));
    }

    /**
     * Does {@code work} in a transaction that holds the lock of the room, on the state of the message under that lock.
     * Consecutive statements are sent together, so that the lock is held for few round trips.
     */
    <T> Future<T> withMessage(UUID room, long seq, UUID reader, Function<LockedMessage, Future<T>> work) {
        return transactions.run(room, transaction -> {
            Future<?> locked = run(transaction, LOCK_ROOM, room);
            Future<RowSet<Row>> found = run(transaction, FIND, room, seq, reader);
            return locked.compose(held -> found)
                    .compose(rows -> work.apply(new LockedMessage(transaction, audit, room, seq, reader, first(rows))));
        });
    }

    private static Optional<Message> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(MessageRepository.from(rows.iterator().next()));
    }

    private static Reaction reactor(Row row) {
        return new Reaction(
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /** The result of a reaction. */
    enum ReactionResult {
        ADDED,
        /** The reaction existed before. */
        KNOWN,
        /** The user has reached the limit of different emoji on the message. */
        TOO_MANY
    }

    /** A message of a locked room. Each change returns the changed message. */
    static final class LockedMessage {

        private final SqlConnection transaction;
        private final AuditRepository audit;
        private final UUID room;
        private final long seq;
        private final UUID reader;
        private final Optional<Message> message;

        private LockedMessage(
                SqlConnection transaction,
                AuditRepository audit,
                UUID room,
                long seq,
                UUID reader,
                Optional<Message> message) {
            this.transaction = transaction;
            this.audit = audit;
            this.room = room;
            this.seq = seq;
            this.reader = reader;
            this.message = message;
        }

        Optional<Message> message() {
            return message;
        }

        /** {@code metadata} may be null for none. */
        Future<Message> edit(String content, Metadata metadata) {
            return changed(run(transaction, EDIT, room, seq, content, metadata == null ? null : metadata.json()));
        }

        /**
         * Also changes the mentions. Newly mentioned users must be members, which the lock of the room ensures until
         * the commit; else it fails with {@code mention_outside_room}.
         */
        Future<Message> edit(String content, Metadata metadata, List<UUID> mentions) {
            Message before = message.orElseThrow();
            List<UUID> gone = without(before.attributes().mentions(), mentions);
            List<UUID> added = without(mentions, before.attributes().mentions());
            return run(transaction, MEMBERS, room, array(added))
                    .compose(members -> members.iterator().next().getLong("n") < added.size()
                            ? Future.failedFuture(SendResult.mentionOutsideRoom())
                            : changed(run(
                                    transaction,
                                    EDIT_MENTIONS,
                                    room,
                                    seq,
                                    content,
                                    metadata == null ? null : metadata.json(),
                                    mentions.isEmpty() ? null : array(mentions),
                                    array(gone),
                                    array(without(added, List.of(before.sender().id()))))));
        }

        private static List<UUID> without(List<UUID> users, List<UUID> others) {
            return users.stream().filter(user -> !others.contains(user)).toList();
        }

        private static UUID[] array(List<UUID> users) {
            return users.toArray(UUID[]::new);
        }

        Future<Message> delete() {
            return delete((JsonObject) null);
        }

        /** Deletes the message of another user, and stores an audit event. */
        Future<Message> delete(Deletion deletion, UUID by) {
            AuditEvent event = AuditEvent.ofRoom(AuditKind.MESSAGE_DELETION, by, room)
                    .message(seq, message.orElseThrow().sender().id())
                    .reason(deletion.reason());
            Future<Void> recorded = audit.record(transaction, event);
            return delete(deletion.json()).compose(deleted -> recorded.map(deleted));
        }

        private Future<Message> delete(JsonObject deletion) {
            UUID[] mentioned = array(message.orElseThrow().attributes().mentions());
            return changed(run(transaction, DELETE, room, seq, mentioned, deletion));
        }

        /** Adds a reaction, if the user has fewer than {@code limit} on this message. */
        Future<ReactionResult> react(UUID user, String emoji, int limit) {
            return run(transaction, REACT, room, seq, user, emoji, (long) limit).map(rows -> {
                Row row = rows.iterator().next();
                return row.getBoolean("added")
                        ? ReactionResult.ADDED
                        : row.getBoolean("known") ? ReactionResult.KNOWN : ReactionResult.TOO_MANY;
            });
        }

        /** Removes a reaction; returns whether there was one. */
        Future<Boolean> takeBack(UUID user, String emoji) {
            return run(transaction, TAKE_BACK, room, seq, user, emoji).map(rows -> rows.rowCount() > 0);
        }

        /** To be called after a reaction with this emoji was added or removed ({@code change} 1 or -1). */
        Future<Message> count(String emoji, long change) {
            return changed(run(transaction, COUNT, room, seq, emoji, change));
        }

        /** The message after this change. */
        private Future<Message> changed(Future<RowSet<Row>> change) {
            Future<RowSet<Row>> reread = run(transaction, FIND, room, seq, reader);
            return change.compose(done -> reread).map(rows -> first(rows).orElseThrow());
        }
    }
}
