package io.heliograph.message.room;

import io.heliograph.database.ReadPool;
import io.heliograph.message.audit.AuditEvent;
import io.heliograph.message.audit.AuditRepository;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.heliograph.message.room.RemovalResult.Effect;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@Singleton
class MemberRepository extends Repository {

    /** The lock of a transaction that changes the members of a room, so that decisions on them stay valid. */
    private static final String LOCK_ROOM = "select from rooms where id = $1 for no key update";

    private static final String LOCK_ROOMS = "select from rooms where id = any($1) order by id for no key update";

    private static final String FIND = """
            select m.user_id, p.username, p.display_name, p.deleted, p.bot, m.role, m.joined_at
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id = $2
            """;

    private static final String LIST = """
            select m.user_id, p.username, p.display_name, p.deleted, p.bot, m.role, m.joined_at
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id > $2
            order by m.user_id limit $3
            """;

    private static final String REMOVE = "delete from members where room_id = any($1) and user_id = $2";

    /**
     * If none of the remaining owners can act, the longest-standing member who can becomes an owner: the first such
     * member in members_by_joining. Direct rooms have no owner.
     */
    static final String GIVE_HEIRS = """
            with ownerless as materialized (
              select v.room_id from unnest($1::uuid[]) as v(room_id)
              where not exists (select from members o join people p on p.id = o.user_id and not p.deleted
                                where o.room_id = v.room_id and o.role = 'owner')
                and not exists (select from rooms r where r.id = v.room_id and r.direct is not null)
            ),
            heirs as materialized (
              select ownerless.room_id, heir.user_id
              from ownerless cross join lateral (
                select n.user_id from members n join people p on p.id = n.user_id and not p.deleted
                where n.room_id = ownerless.room_id order by n.joined_at, n.user_id limit 1
              ) heir
            )
            update members m set role = 'owner' from heirs
            where m.room_id = heirs.room_id and m.user_id = heirs.user_id
            returning m.room_id, m.user_id
            """;

    /** A private room without members cannot be joined any more. */
    private static final String REMOVE_EMPTY = """
            with gone as (
              delete from rooms r
              where r.id = any($1) and r.visibility = 'private'
                and not exists (select from members m join people p on p.id = m.user_id and not p.deleted
                                where m.room_id = r.id)
              returning id
            )
            insert into removed_rooms select id from gone returning id
            """;

    private static final String DEPART =
            "insert into departures (room_id, user_id) values ($1, $2) on conflict do nothing";

    private static final String LEAVING = "select id from leaving_accounts order by id limit 1 for update skip locked";

    private static final String ROOMS_OF = "select room_id from members where user_id = $1 order by room_id limit $2";

    private static final String HAS_LEFT = """
            with invitations_gone as (delete from invitations where user_id = $1),
                 blocks_gone as (delete from blocks where user_id = $1),
                 marks_gone as (delete from former_marks where user_id = $1),
                 bans_gone as (delete from bans where user_id = $1)
            delete from leaving_accounts where id = $1
            """;

    private final ReadPool reads;
    private final InvitationRepository invitations;
    private final AuditRepository audit;
    private final LockingTransactions transactions;

    MemberRepository(
            Pool pool,
            DatabaseConfig config,
            LockingTransactions transactions,
            ReadPool reads,
            InvitationRepository invitations,
            AuditRepository audit) {
        super(pool, config);
        this.transactions = transactions;
        this.reads = reads;
        this.invitations = invitations;
        this.audit = audit;
    }

    /** Members whose ids are above {@code after}, in the order of their ids. */
    Future<List<Member>> list(UUID room, UUID after, int limit) {
        return reads.run(LIST, room, after, limit).map(rows -> list(rows, MemberRepository::from));
    }

    /**
     * Removes a member or an invitation by the user's own decision, after which the user can only be invited. A room
     * keeps an owner as long as it has members, and a private room without members is removed.
     */
    Future<RemovalResult> leave(UUID room, UUID person) {
        return transactions.run(room, transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> remove(transaction, room, person, true)));
    }

    /** Removes a member or an invitation by the decision of another user, and stores the event. */
    Future<RemovalResult> remove(AuditEvent event) {
        return transactions.run(event.room(), transaction -> run(transaction, LOCK_ROOM, event.room())
                .compose(locked -> remove(transaction, event.room(), event.user(), false))
                .compose(removal -> removal.isNone()
                        ? Future.succeededFuture(removal)
                        : audit.record(transaction, event).map(removal)));
    }

    /** Removes a member or an invitation in a transaction that holds the lock of the room. */
    Future<RemovalResult> remove(SqlConnection transaction, UUID room, UUID person, boolean leaves) {
        UUID[] rooms = {room};
        return invitations.remove(transaction, room, person).compose(declined -> run(transaction, REMOVE, rooms, person)
                .compose(removed -> removed.rowCount() + declined == 0
                        ? Future.succeededFuture(RemovalResult.of(Effect.NONE))
                        : (leaves ? run(transaction, DEPART, room, person) : Future.succeededFuture())
                                .compose(departed -> removed.rowCount() == 0
                                        ? Future.succeededFuture(RemovalResult.of(Effect.OF_THE_INVITATION))
                                        : settle(transaction, rooms)
                                                .map(settled -> new RemovalResult(
                                                        settled.gone().isEmpty()
                                                                ? Effect.OF_THE_MEMBER
                                                                : Effect.OF_THE_ROOM,
                                                        settled.heirs().get(room))))));
    }

    /** Removes a deleted account from up to {@code limit} of its rooms. */
    Future<AccountRemovalStep> leave(int limit) {
        return inTransaction(transaction -> run(transaction, LEAVING)
                .compose(leaving -> leaving.size() == 0
                        ? Future.succeededFuture(AccountRemovalStep.NONE)
                        : leave(transaction, leaving.iterator().next().getUUID("id"), limit)));
    }

    private static Future<AccountRemovalStep> leave(SqlConnection transaction, UUID account, int limit) {
        return run(transaction, ROOMS_OF, account, limit)
                .map(rows -> list(rows, row -> row.getUUID("room_id")).toArray(UUID[]::new))
                .compose(rooms -> run(transaction, LOCK_ROOMS, (Object) rooms)
                        .compose(locked -> run(transaction, REMOVE, rooms, account))
                        .compose(removed -> settle(transaction, rooms))
                        .compose(settled -> (rooms.length < limit
                                        ? run(transaction, HAS_LEFT, account)
                                        : Future.succeededFuture())
                                .map(done -> new AccountRemovalStep(true, settled.gone(), settled.heirs()))));
    }

    /** The effect on rooms that members have left: the removed rooms, and the new owners by room. */
    private record Settlement(List<UUID> gone, Map<UUID, UUID> heirs) {}

    /** Gives owners to rooms that members have left. */
    private static Future<Settlement> settle(SqlConnection transaction, UUID[] rooms) {
        return run(transaction, GIVE_HEIRS, (Object) rooms)
                .compose(given -> run(transaction, REMOVE_EMPTY, (Object) rooms)
                        .map(removed -> new Settlement(list(removed, row -> row.getUUID("id")), heirs(given))));
    }

    private static Map<UUID, UUID> heirs(RowSet<Row> given) {
        Map<UUID, UUID> heirs = new HashMap<>();
        given.forEach(row -> heirs.put(row.getUUID("room_id"), row.getUUID("user_id")));
        return heirs;
    }

    /** The member, valid until the end of the transaction, which holds the lock of the room. */
    Future<Member> found(SqlConnection transaction, UUID room, UUID person) {
        return run(transaction, FIND, room, person)
                .map(rows -> from(rows.iterator().next()));
    }

    /** Makes the member who has been in the room longest an owner if no owner can act. */
    Future<Void> giveHeirs(SqlConnection transaction, UUID room) {
        return run(transaction, GIVE_HEIRS, (Object) new UUID[] {room}).mapEmpty();
    }

    private static Member from(Row row) {
        return new Member(
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                Role.of(row.getString("role")),
                row.getOffsetDateTime("joined_at").toInstant());
    }
}
