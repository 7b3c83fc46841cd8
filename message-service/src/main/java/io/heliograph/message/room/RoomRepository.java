package io.heliograph.message.room;

import io.heliograph.database.ReadPool;
import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.idempotency.IdempotencyRepository;
import io.heliograph.message.message.MessageRepository;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.UnreadCount;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

@Singleton
class RoomRepository extends Repository {

    static final String COLUMNS = " r.id, r.name, r.topic, r.visibility, r.direct, r.metadata as room_metadata,"
            + " r.last_seq, r.last_rev, r.version, r.created_at ";

    private static final String CREATE = """
            with r as (
              insert into rooms (name, topic, visibility, metadata) values ($1, $2, $3, $6) returning *
            ),
            owner as (
              insert into members (room_id, user_id, role) select id, $4, 'owner' from r
            ),
            others as (
              insert into members (room_id, user_id, role) select r.id, v.id, 'member' from r, unnest($5::uuid[]) as v(id)
            )
            select""" + COLUMNS + "from r";

    /** The lateral lookups with their limit keep the plan on the keys, independent of the number of lookups. */
    private static final String FIND = "select" + COLUMNS + """
            , m.role
            from unnest($1::uuid[], $2::uuid[]) with ordinality as v(room_id, person_id, n)
            left join lateral (select * from rooms where id = v.room_id limit 1) r on true
            left join lateral (
              select role from members where room_id = v.room_id and user_id = v.person_id limit 1
            ) m on true
            order by v.n
            """;

    private static final String OF_MEMBER = "select " + MessageRepository.COLUMNS + MessageRepository.mine("$1") + ","
            + COLUMNS + """
            , mine.role, mine.read_seq, counted.unread, counted.mentions,
            other.id as with_id, other.username as with_name, other.display_name as with_display_name,
            other.deleted as with_deleted, other.bot as with_bot
            from members mine
            join rooms r on r.id = mine.room_id
            left join messages m on m.room_id = r.id and m.seq = r.last_seq
            left join people p on p.id = m.sender_id
            left join lateral (
              select * from people where id = case when r.direct[1] = $1 then r.direct[2] else r.direct[1] end limit 1
            ) other on true
            """ + UnreadCount.JOIN + """
            where mine.user_id = $1 and mine.room_id > $2
            order by mine.room_id limit $3
            """;

    /** Sees the row under its lock: of two concurrent changes of the same version the second fails. */
    private static final String CHANGE = """
            update rooms r
            set name = coalesce($3, name), topic = case when $4 then $5 else topic end,
                visibility = coalesce($6, visibility), metadata = case when $7 then $8 else metadata end,
                version = version + 1
            where id = $1 and ($2::bigint[] is null or version = any($2))
            returning""" + COLUMNS;

    /** Removes the members too. Concurrent writers of the room lock its row, and then find no room. */
    private static final String REMOVE = """
            with removed as (delete from rooms where id = $1 returning id)
            insert into removed_rooms select id from removed
            """;

    /** The messages of one removed room, up to so many; the room is done when there are no more. */
    private static final String PURGE = """
            with room as materialized (
              select id from removed_rooms order by id limit 1 for update skip locked
            ),
            chunk as materialized (
              select id, (select max(seq) from (
                select seq from messages where room_id = room.id order by seq limit $1
              ) first) as last
              from room
            ),
            messages_gone as (
              delete from messages where room_id = (select id from chunk) and seq <= (select last from chunk)
              returning room_id, seq, mentions
            ),
            entries_gone as (
              delete from search_entries where room_id = (select id from chunk) and seq <= (select last from chunk)
            ),
            words_gone as (
              delete from message_words where room_id = (select id from chunk) and seq <= (select last from chunk)
            ),
            reactions_gone as (
              delete from reactions where room_id = (select id from chunk) and seq <= (select last from chunk)
            ),
            mentions_gone as (
              delete from message_mentions where (room_id, user_id, seq) in (
                select room_id, mentioned.id, seq from messages_gone, unnest(mentions) as mentioned(id)
              )
            ),
            done as (
              delete from removed_rooms where id = (select id from chunk where last is null)
            )
            select from room
            """;

    private final ReadPool reads;
    private final AccountRepository accounts;
    private final AuditRepository audit;
    private final LockingTransactions transactions;
    private final AccountSignals signals;
    private final IdempotencyRepository keys;

    RoomRepository(
            Pool pool,
            DatabaseConfig config,
            LockingTransactions transactions,
            ReadPool reads,
            AccountRepository accounts,
            AccountSignals signals,
            AuditRepository audit,
            IdempotencyRepository keys) {
        super(pool, config);
        this.signals = signals;
        this.transactions = transactions;
        this.reads = reads;
        this.accounts = accounts;
        this.audit = audit;
        this.keys = keys;
    }

    /**
     * {@code others} are the members besides the owner, each once; {@code request} is null without an idempotency key.
     * Fails with {@code too_many_rooms} if one of the users is at the limit.
     */
    Future<Answer<Room>> create(NewRoom room, UUID owner, List<UUID> others, IdempotentRequest request) {
        return transactions
                .run(
                        owner,
                        transaction -> keys.once(transaction, request, () -> create(transaction, room, owner, others)))
                .onSuccess(answer -> {
                    if (answer instanceof Answer.First<Room> created) {
                        signals.members(
                                created.value().id(),
                                Stream.concat(Stream.of(owner), others.stream()).toList());
                    }
                });
    }

    private Future<Room> create(SqlConnection transaction, NewRoom room, UUID owner, List<UUID> others) {
        String metadata = room.metadata() == null ? null : room.metadata().json();
        return accounts.admitAll(transaction, owner, others)
                .compose(admitted -> run(
                        transaction,
                        CREATE,
                        room.name(),
                        room.topic(),
                        room.visibility().text(),
                        owner,
                        others.toArray(UUID[]::new),
                        metadata))
                .map(rows -> room(rows.iterator().next()));
    }

    /** For each key the room, if it exists, with the role of the user in it. */
    Future<List<Optional<RoomView>>> find(List<RoomAccessKey> visits) {
        UUID[] rooms = visits.stream().map(RoomAccessKey::room).toArray(UUID[]::new);
        UUID[] people = visits.stream().map(RoomAccessKey::person).toArray(UUID[]::new);
        return run(FIND, rooms, people).map(rows -> list(rows, RoomRepository::view));
    }

    /** The rooms of this user whose ids are above {@code after}, in the order of their ids. */
    Future<List<Membership>> ofMember(UUID person, UUID after, int limit) {
        return reads.run(OF_MEMBER, person, after, limit).map(rows -> list(rows, RoomRepository::membership));
    }

    /** As {@link #ofMember}, in one snapshot of the primary. */
    Future<List<Membership>> snapshot(UUID person, UUID after, int limit) {
        return run(OF_MEMBER, person, after, limit).map(rows -> list(rows, RoomRepository::membership));
    }

    /** Returns the changed room; empty if it is gone, or has none of these versions. Null allows any version. */
    Future<Optional<Room>> change(UUID room, Long[] versions, RoomPatch patch, Optional<AuditEvent> event) {
        return transactions
                .run(room, transaction -> run(
                                transaction,
                                CHANGE,
                                room,
                                versions,
                                patch.newName(),
                                patch.changesTopic(),
                                patch.newTopic(),
                                patch.newVisibility(),
                                patch.changesMetadata(),
                                patch.newMetadata())
                        .compose(changed -> record(transaction, event, changed)))
                .map(rows -> list(rows, RoomRepository::room).stream().findAny())
                .onSuccess(changed -> changed.ifPresent(found -> signals.room(found.id())));
    }

    /** Returns whether the room existed; stores {@code event}, if given. The messages stay for {@link #purge}. */
    Future<Boolean> remove(UUID room, Optional<AuditEvent> event) {
        return transactions
                .run(room, transaction -> run(transaction, REMOVE, room)
                        .compose(removed -> record(transaction, event, removed)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Deletes up to {@code limit} messages of a removed room; returns whether there may be more. */
    Future<Boolean> purge(int limit) {
        return run(PURGE, limit).map(rows -> rows.size() > 0);
    }

    /** Stores the event, if one is given and a row was changed. */
    private Future<RowSet<Row>> record(SqlConnection transaction, Optional<AuditEvent> event, RowSet<Row> done) {
        return event.isPresent() && done.rowCount() > 0
                ? audit.record(transaction, event.get()).map(done)
                : Future.succeededFuture(done);
    }

    private static Optional<RoomView> view(Row row) {
        return row.getUUID("id") == null
                ? Optional.empty()
                : Optional.of(new RoomView(
                        room(row), Optional.ofNullable(row.getString("role")).map(Role::of)));
    }

    static Room room(Row row) {
        UUID[] direct = row.getArrayOfUUIDs("direct");
        return new Room(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("topic"),
                Visibility.of(row.getString("visibility")),
                direct == null ? RoomKind.GROUP : RoomKind.DIRECT,
                direct == null ? List.of() : List.of(direct),
                Metadata.ofStored(row.getString("room_metadata")),
                row.getLong("last_seq"),
                row.getLong("last_rev"),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Sender with(Row row) {
        return new Sender(
                row.getUUID("with_id"),
                row.getString("with_name"),
                row.getString("with_display_name"),
                row.getBoolean("with_deleted"),
                row.getBoolean("with_bot"));
    }

    private static Membership membership(Row row) {
        Room room = room(row);
        return new Membership(
                room.id(),
                room.name(),
                room.topic(),
                room.visibility(),
                room.kind(),
                room.members(),
                room.kind() == RoomKind.DIRECT ? with(row) : null,
                room.metadata(),
                Role.of(row.getString("role")),
                room.lastSeq(),
                room.rev(),
                row.getLong("read_seq"),
                row.getLong("unread"),
                row.getLong("mentions"),
                row.getLong("message_rev") == null ? null : MessageRepository.from(row),
                room.createdAt());
    }
}
