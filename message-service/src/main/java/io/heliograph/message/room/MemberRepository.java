package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.store.ReadPool;
import io.heliograph.message.store.Repository;
import io.heliograph.message.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
class MemberRepository extends Repository {

    /** Whoever changes the members that a room has holds this, so that what is decided on them stays true. */
    private static final String LOCK_ROOM = "select from rooms where id = $1 for no key update";

    private static final String LOCK_ROOMS = "select from rooms where id = any($1) order by id for no key update";

    private static final String ADD = """
            insert into members (room_id, user_id, role) values ($1, $2, $3) on conflict do nothing
            """;

    /** One who may act as an owner, other than $2: the account of an owner may be gone. */
    private static final String OTHER_OWNER = """
            (select from members o join people op on op.id = o.user_id and not op.deleted
             where o.room_id = $1 and o.role = 'owner' and o.user_id <> $2)
            """;

    private static final String GIVE = "update members set role = $3 where room_id = $1 and user_id = $2"
            + " and (role = 'member' or $3 = 'owner' or exists " + OTHER_OWNER + ")";

    private static final String FIND = """
            select m.user_id, p.username, p.display_name, p.deleted, m.role, m.joined_at
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id = $2
            """;

    private static final String LIST = """
            select m.user_id, p.username, p.display_name, p.deleted, m.role, m.joined_at
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id > $2
            order by m.user_id limit $3
            """;

    private static final String REMOVE = "delete from members where room_id = any($1) and user_id = $2";

    /**
     * Where none of the owners that are left can act, the member who has been there longest becomes one. All members are
     * looked at only then, and once.
     */
    private static final String GIVE_HEIRS = """
            with ownerless as materialized (
              select v.room_id from unnest($1::uuid[]) as v(room_id)
              where not exists (select from members o join people p on p.id = o.user_id and not p.deleted
                                where o.room_id = v.room_id and o.role = 'owner')
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
            """;

    /** Nobody can come into a private room in which nobody is. */
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

    private static final String LEAVING = "select id from leaving_accounts order by id limit 1 for update skip locked";

    private static final String ROOMS_OF = "select room_id from members where user_id = $1 order by room_id limit $2";

    private static final String HAS_LEFT = "delete from leaving_accounts where id = $1";

    private final ReadPool reads;
    private final AccountRepository accounts;

    MemberRepository(Pool pool, StoreConfig config, ReadPool reads, AccountRepository accounts) {
        super(pool, config);
        this.reads = reads;
        this.accounts = accounts;
    }

    /**
     * Adds a person who is known, or lets a member be. Who comes into a room without an owner owns it. Fails with
     * {@code room_not_found}, and with {@code too_many_rooms} if the person has as many as one may have.
     */
    Future<Member> add(UUID room, UUID person) {
        return inTransaction(transaction -> locked(transaction, room)
                .compose(locked -> find(transaction, room, person))
                .compose(member -> member.isPresent()
                        ? Future.succeededFuture(member.get())
                        : add(transaction, room, person, Role.MEMBER)
                                .compose(added -> run(transaction, GIVE_HEIRS, (Object) new UUID[] {room}))
                                .compose(settled -> found(transaction, room, person))));
    }

    /**
     * Adds a person who is known, or gives a member this role. Fails like {@link #add}, and with {@code last_owner} if it
     * would take the role from the last one.
     */
    Future<Member> put(UUID room, UUID person, Role role) {
        return inTransaction(transaction -> locked(transaction, room)
                .compose(locked -> find(transaction, room, person))
                .compose(member -> member.isPresent()
                        ? give(transaction, room, member.get(), role)
                        : add(transaction, room, person, role))
                .compose(done -> found(transaction, room, person)));
    }

    private Future<Void> add(SqlConnection transaction, UUID room, UUID person, Role role) {
        return accounts.admit(transaction, person, role)
                .compose(admitted -> run(transaction, ADD, room, person, role.text()))
                .mapEmpty();
    }

    private Future<Void> give(SqlConnection transaction, UUID room, Member member, Role role) {
        if (member.role() == role) {
            return Future.succeededFuture();
        }
        Future<Void> admitted = role == Role.OWNER
                ? accounts.admitOwner(transaction, member.id())
                : Future.succeededFuture();
        return admitted.compose(done -> run(transaction, GIVE, room, member.id(), role.text()))
                .compose(given -> given.rowCount() > 0 ? Future.succeededFuture() : Future.failedFuture(lastOwner()));
    }

    /** Members whose ids come after {@code after}, in the order of their ids. */
    Future<List<Member>> list(UUID room, UUID after, int limit) {
        return reads.run(LIST, room, after, limit).map(rows -> list(rows, MemberRepository::from));
    }

    /** A member goes. A room keeps an owner as long as there are members, and a private one does not outlive them. */
    Future<Removal> remove(UUID room, UUID person) {
        UUID[] rooms = {room};
        return inTransaction(transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> run(transaction, REMOVE, rooms, person))
                .compose(removed -> removed.rowCount() == 0
                        ? Future.succeededFuture(Removal.NONE)
                        : settle(transaction, rooms)
                                .map(gone -> gone.isEmpty() ? Removal.OF_THE_MEMBER : Removal.OF_THE_ROOM)));
    }

    /** A deleted account leaves up to so many of its rooms. */
    Future<Departure> leave(int limit) {
        return inTransaction(transaction -> run(transaction, LEAVING)
                .compose(leaving -> leaving.size() == 0
                        ? Future.succeededFuture(Departure.NONE)
                        : leave(transaction, leaving.iterator().next().getUUID("id"), limit)));
    }

    private static Future<Departure> leave(SqlConnection transaction, UUID account, int limit) {
        return run(transaction, ROOMS_OF, account, limit)
                .map(rows -> list(rows, row -> row.getUUID("room_id")).toArray(UUID[]::new))
                .compose(rooms -> run(transaction, LOCK_ROOMS, (Object) rooms)
                        .compose(locked -> run(transaction, REMOVE, rooms, account))
                        .compose(removed -> settle(transaction, rooms))
                        .compose(gone -> (rooms.length < limit
                                        ? run(transaction, HAS_LEFT, account)
                                        : Future.succeededFuture())
                                .map(done -> new Departure(true, gone))));
    }

    /** Rooms that members have left: gives them owners; those that are removed. */
    private static Future<List<UUID>> settle(SqlConnection transaction, UUID[] rooms) {
        return run(transaction, GIVE_HEIRS, (Object) rooms)
                .compose(given -> run(transaction, REMOVE_EMPTY, (Object) rooms))
                .map(removed -> list(removed, row -> row.getUUID("id")));
    }

    /** Fails if there is no such room. */
    private static Future<Void> locked(SqlConnection transaction, UUID room) {
        return run(transaction, LOCK_ROOM, room)
                .compose(locked ->
                        locked.size() > 0 ? Future.succeededFuture() : Future.failedFuture(Rooms.notFound()));
    }

    private static Future<Optional<Member>> find(SqlConnection transaction, UUID room, UUID person) {
        return run(transaction, FIND, room, person)
                .map(rows -> list(rows, MemberRepository::from).stream().findAny());
    }

    private static Future<Member> found(SqlConnection transaction, UUID room, UUID person) {
        return find(transaction, room, person).map(Optional::orElseThrow);
    }

    private static Refusal lastOwner() {
        return Refusal.of(
                Status.CONFLICT,
                "last_owner",
                "The only owner cannot become a plain member; make another owner first, or leave.");
    }

    private static Member from(Row row) {
        return new Member(
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted")),
                Role.of(row.getString("role")),
                row.getOffsetDateTime("joined_at").toInstant());
    }
}
