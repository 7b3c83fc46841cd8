package io.heliograph.message.room;

import io.heliograph.message.message.MessageRepository;
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
class RoomRepository extends Repository {

    private static final String CREATE = """
            with room as (
              insert into rooms (name, topic, visibility) values ($1, $2, $3)
              returning id, name, topic, visibility, last_seq, last_rev, created_at
            ),
            owner as (
              insert into members (room_id, user_id, role) select id, $4, 'owner' from room
            )
            select * from room
            """;

    private static final String FIND = """
            select r.id, r.name, r.topic, r.visibility, r.last_seq, r.last_rev, r.created_at, m.role
            from rooms r left join members m on m.room_id = r.id and m.user_id = $2
            where r.id = $1
            """;

    private static final String OF_MEMBER = "select " + MessageRepository.COLUMNS + """
            , r.id, r.name, r.topic, r.visibility, r.last_seq, r.last_rev, r.created_at, mine.role, mine.read_seq
            from members mine
            join rooms r on r.id = mine.room_id
            left join messages m on m.room_id = r.id and m.seq = r.last_seq
            left join people p on p.id = m.sender_id
            where mine.user_id = $1 and mine.room_id > $2
            order by mine.room_id limit $3
            """;

    RoomRepository(Pool pool, StoreConfig config) {
        super(pool, config);
    }

    Future<Room> create(String name, String topic, Visibility visibility, UUID owner) {
        return run(CREATE, name, topic, visibility.text(), owner)
                .map(rows -> room(rows.iterator().next()));
    }

    /** The room and the role that this person has in it. */
    Future<Optional<RoomView>> find(UUID room, UUID person) {
        return run(FIND, room, person)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(view(rows.iterator().next())));
    }

    /** The rooms this person is in whose ids come after {@code after}, in the order of their ids. */
    Future<List<Membership>> ofMember(UUID person, UUID after, int limit) {
        return run(OF_MEMBER, person, after, limit).map(rows -> list(rows, RoomRepository::membership));
    }

    private static RoomView view(Row row) {
        return new RoomView(
                room(row), Optional.ofNullable(row.getString("role")).map(Role::of));
    }

    private static Room room(Row row) {
        return new Room(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("topic"),
                Visibility.of(row.getString("visibility")),
                row.getLong("last_seq"),
                row.getLong("last_rev"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Membership membership(Row row) {
        Room room = room(row);
        long readSeq = row.getLong("read_seq");
        return new Membership(
                room.id(),
                room.name(),
                room.topic(),
                room.visibility(),
                Role.of(row.getString("role")),
                room.lastSeq(),
                room.rev(),
                readSeq,
                room.lastSeq() - readSeq,
                row.getLong("message_rev") == null ? null : MessageRepository.from(row),
                room.createdAt());
    }
}
