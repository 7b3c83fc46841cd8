package io.heliograph.message.export;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the data of exports by pages. Each page is a range of an index. */
@Singleton
class ExportRepository extends Repository {

    /** Rows of the largest content are some megabytes. */
    static final int PAGE = 200;

    private static final String HEAD = """
            select r.last_seq from rooms r join members m on m.room_id = r.id
            where r.id = $1 and m.user_id = $2 and m.role = 'owner'
            """;

    private static final String MESSAGES = "select " + MessageRepository.COLUMNS + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.seq > $2 and m.seq <= $3
            order by m.seq limit $4
            """;

    /** In the order of the index that makes client ids unique, the only one by sender. */
    private static final String MESSAGES_OF = "select " + MessageRepository.COLUMNS + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.sender_id = $2 and m.client_id > $3
            order by m.client_id limit $4
            """;

    private static final String ROOMS = "select id from rooms where id > $1 order by id limit $2";

    /** One index lookup per room, whether or not the person has ever sent in it. */
    private static final String ROOMS_OF = """
            select r.id from unnest($2::uuid[]) as r(id)
            where exists (select from messages where room_id = r.id and sender_id = $1)
            order by r.id
            """;

    private static final String REACTIONS = """
            select jsonb_build_object('type', 'reaction', 'room', e.room_id, 'seq', e.seq, 'emoji', e.emoji,
                                      'createdAt', e.created_at) as line
            from unnest($2::uuid[]) as r(id), lateral (
              select * from reactions where room_id = r.id and user_id = $1
            ) e
            """;

    private static final String MEMBERSHIPS = """
            select jsonb_build_object('type', 'membership', 'room', r.id, 'name', r.name, 'role', m.role,
                                      'readSeq', m.read_seq, 'joinedAt', m.joined_at) as line
            from members m join rooms r on r.id = m.room_id where m.user_id = $1
            """;

    private static final String DEPARTURES = """
            select jsonb_build_object('type', 'departure', 'room', room_id, 'leftAt', left_at) as line
            from departures where user_id = $1
            """;

    private static final String FORMER_MARKS = """
            select jsonb_build_object('type', 'readMark', 'room', room_id, 'readSeq', read_seq) as line
            from former_marks f
            where user_id = $1 and not exists (select from members where room_id = f.room_id and user_id = $1)
            """;

    private static final String INVITATIONS = """
            select jsonb_build_object('type', 'invitation', 'room', room_id, 'role', role, 'inviter', inviter_id,
                                      'createdAt', created_at) as line
            from invitations where user_id = $1
            """;

    private static final String BLOCKS = """
            select jsonb_build_object('type', 'block', 'user', blocked_id, 'createdAt', created_at) as line
            from blocks where user_id = $1
            """;

    private static final String BANS = """
            select jsonb_build_object('type', 'ban', 'room', room_id, 'reason', reason, 'createdAt', created_at,
                                      'until', until) as line
            from bans where user_id = $1
            """;

    /** Without secrets. */
    private static final String WEBHOOKS = """
            select jsonb_build_object('type', 'webhook', 'id', id, 'url', url, 'events', events, 'rooms', rooms,
                                      'batch', batch, 'enabled', enabled, 'createdAt', created_at) as line
            from webhooks where owner_id = $1
            """;

    ExportRepository(@ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** The last seq of a room that this person owns. */
    Future<Optional<Long>> head(UUID room, UUID owner) {
        return run(HEAD, room, owner)
                .map(rows -> list(rows, row -> row.getLong("last_seq")).stream().findFirst());
    }

    /** Messages with a seq above {@code after}, up to {@code head}. */
    Future<List<Message>> messages(UUID room, long after, long head) {
        return run(MESSAGES, room, after, head, PAGE).map(rows -> list(rows, MessageRepository::from));
    }

    /** Messages of one sender whose client ids come after this one. */
    Future<List<Message>> messagesOf(UUID room, UUID sender, String after) {
        return run(MESSAGES_OF, room, sender, after, PAGE).map(rows -> list(rows, MessageRepository::from));
    }

    Future<List<UUID>> rooms(UUID after, int limit) {
        return run(ROOMS, after, limit).map(rows -> list(rows, row -> row.getUUID("id")));
    }

    /** The subset of these rooms in which the person has sent a message. */
    Future<List<UUID>> roomsOf(UUID person, List<UUID> rooms) {
        return run(ROOMS_OF, person, rooms.toArray(UUID[]::new)).map(rows -> list(rows, row -> row.getUUID("id")));
    }

    /** Bounded by the reactions that one person may leave on a message. */
    Future<List<JsonObject>> reactions(UUID person, List<UUID> rooms) {
        return run(REACTIONS, person, rooms.toArray(UUID[]::new)).map(rows -> list(rows, ExportRepository::line));
    }

    /** Rooms, departures, read marks, invitations, blocks and webhooks, each bounded by its own limit. */
    Future<List<JsonObject>> lists(UUID person) {
        return lists(person, MEMBERSHIPS, DEPARTURES, FORMER_MARKS, INVITATIONS, BLOCKS, BANS, WEBHOOKS);
    }

    private Future<List<JsonObject>> lists(UUID person, String... queries) {
        Future<List<JsonObject>> all = Future.succeededFuture(new ArrayList<>());
        for (String query : queries) {
            all = all.compose(lines -> run(query, person).map(rows -> {
                lines.addAll(list(rows, ExportRepository::line));
                return lines;
            }));
        }
        return all;
    }

    private static JsonObject line(Row row) {
        return row.get(JsonObject.class, "line");
    }
}
