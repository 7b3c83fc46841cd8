package io.heliograph.message.room;

import io.heliograph.message.message.Sender;
import io.heliograph.message.store.ReadPool;
import io.heliograph.message.store.Repository;
import io.heliograph.message.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
class MemberRepository extends Repository {

    /** Without a role one who is in the room already keeps the one there is. A room keeps an owner. */
    private static final String PUT = """
            with member as (
              insert into members (room_id, user_id, role) values ($1, $2, coalesce($3, 'member'))
              on conflict (room_id, user_id) do update set role = coalesce($3, members.role)
                where members.role <> 'owner' or coalesce($3, 'owner') = 'owner'
                  or exists (select from members o where o.room_id = $1 and o.user_id <> $2 and o.role = 'owner')
              returning user_id, role, joined_at
            )
            select member.*, p.username, p.display_name, p.deleted from member join people p on p.id = member.user_id
            """;

    private static final String LIST = """
            select m.user_id, p.username, p.display_name, p.deleted, m.role, m.joined_at
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id > $2
            order by m.user_id limit $3
            """;

    /** Whoever changes owners holds this, so that two last owners cannot leave at once. */
    private static final String LOCK_ROOM = "select from rooms where id = $1 for no key update";

    /** A room that has members keeps an owner. */
    private static final String REMOVE = """
            delete from members m
            where room_id = $1 and user_id = $2
              and (role <> 'owner'
                or exists (select from members o where o.room_id = $1 and o.user_id <> $2 and o.role = 'owner')
                or not exists (select from members o where o.room_id = $1 and o.user_id <> $2))
            """;

    private final ReadPool reads;

    MemberRepository(Pool pool, StoreConfig config, ReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /** Adds a person who is known, or lets a member be. */
    Future<Member> add(UUID room, UUID person) {
        return run(PUT, room, person, null).map(rows -> from(rows.iterator().next()));
    }

    /** Adds a person who is known, or gives a member this role; nothing if it would take it from the last owner. */
    Future<Optional<Member>> put(UUID room, UUID person, Role role) {
        return inTransaction(transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> run(transaction, PUT, room, person, role.text()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(from(rows.iterator().next()))));
    }

    /** Members whose ids come after {@code after}, in the order of their ids. */
    Future<List<Member>> list(UUID room, UUID after, int limit) {
        return reads.run(LIST, room, after, limit).map(rows -> list(rows, MemberRepository::from));
    }

    /** Whether the member could go: the last owner of a room with other members cannot. */
    Future<Boolean> remove(UUID room, UUID person) {
        return inTransaction(transaction -> run(transaction, LOCK_ROOM, room)
                .compose(locked -> run(transaction, REMOVE, room, person))
                .map(removed -> removed.rowCount() > 0));
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
