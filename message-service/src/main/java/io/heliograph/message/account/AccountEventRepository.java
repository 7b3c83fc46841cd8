package io.heliograph.message.account;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.UnreadCount;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads the data of account events, for many users or rooms in one query. */
@Singleton
class AccountEventRepository extends Repository {

    /** Memberships of one user: in this room, or in all for null. */
    record MembershipQuery(UUID user, UUID room) {}

    /** The last revision of a room and the version of its description. */
    record Head(long rev, long version) {}

    /** The present state of a message. {@code sender} is null if it is deleted. */
    record TailMessage(long seq, UUID sender, List<UUID> mentions) {}

    /** New or changed messages of a room, and its last seq and revision. */
    record TailChanges(long lastSeq, long rev, List<TailMessage> messages) {}

    private static final String REV = "select account_rev from people where id = $1";

    private static final String ROOM =
            "r.id, r.name, r.topic, r.visibility, r.direct, r.metadata, r.version, r.created_at";

    /** The newest rooms first. With the bounds, a query of one room uses the whole key of the index. */
    private static final String MEMBERSHIPS =
            "select v.n, p.account_rev, m.role, m.read_seq, r.last_seq, r.last_rev, " + ROOM + """

            from unnest($1::uuid[], $2::uuid[]) with ordinality as v(user_id, room_id, n)
            left join lateral (select account_rev from people where id = v.user_id limit 1) p on true
            left join lateral (
              select room_id, role, read_seq from members
              where user_id = v.user_id
                and room_id >= coalesce(v.room_id, '00000000-0000-0000-0000-000000000000')
                and room_id <= coalesce(v.room_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
              order by room_id desc limit $3
            ) m on true
            left join lateral (select * from rooms where id = m.room_id limit 1) r on true
            order by v.n
            """;

    private static final String ROOMS = "select " + ROOM + " from rooms r where id = any($1)";

    private static final String REVS = "select id, account_rev from people where id = any($1)";

    private static final String HEADS = "select id, last_rev, version from rooms where id = any($1)";

    private static final String TAIL = """
            select v.n, r.last_seq, r.last_rev, m.seq, m.sender_id, m.deleted, m.mentions
            from unnest($1::uuid[], $2::bigint[]) with ordinality as v(room_id, known, n)
            join lateral (select last_seq, last_rev from rooms where id = v.room_id limit 1) r on true
            left join lateral (
              select seq, sender_id, deleted_at is not null as deleted, mentions from messages
              where room_id = v.room_id and %s limit %d
            ) m on true
            order by v.n
            """;

    private static final String TAIL_AFTER = TAIL.formatted(
            "seq > greatest(v.known, r.last_seq - " + UnreadCount.MAX + ") order by seq", UnreadCount.MAX);

    private static final String TAIL_CHANGED = TAIL.formatted("rev > v.known order by rev", UnreadCount.MAX);

    /** The newest rooms of each user. */
    private static final String ROOMS_OF = """
            select v.user_id, m.room_id
            from unnest($1::uuid[]) as v(user_id)
            cross join lateral (
              select room_id from members where user_id = v.user_id order by room_id desc limit $2
            ) m
            """;

    AccountEventRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** The number of the latest change of a membership of this user. */
    Future<Long> rev(UUID user) {
        return run(REV, user)
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getLong("account_rev"));
    }

    /** The state for each query, in their order, with up to {@code limit} memberships of each user. */
    Future<List<AccountState>> memberships(List<MembershipQuery> queries, int limit) {
        UUID[] users = queries.stream().map(MembershipQuery::user).toArray(UUID[]::new);
        UUID[] rooms = queries.stream().map(MembershipQuery::room).toArray(UUID[]::new);
        return run(MEMBERSHIPS, users, rooms, limit).map(rows -> states(rows, queries.size()));
    }

    /** The descriptions of the rooms that exist. */
    Future<Map<UUID, RoomDescription>> rooms(Set<UUID> rooms) {
        return run(ROOMS, (Object) rooms.toArray(UUID[]::new)).map(rows -> {
            Map<UUID, RoomDescription> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID("id"), description(row)));
            return found;
        });
    }

    Future<Map<UUID, Long>> revs(List<UUID> users) {
        return run(REVS, (Object) users.toArray(UUID[]::new)).map(rows -> {
            Map<UUID, Long> revs = new HashMap<>();
            rows.forEach(row -> revs.put(row.getUUID("id"), row.getLong("account_rev")));
            return revs;
        });
    }

    Future<Map<UUID, Head>> heads(List<UUID> rooms) {
        return run(HEADS, (Object) rooms.toArray(UUID[]::new)).map(rows -> {
            Map<UUID, Head> heads = new HashMap<>();
            rows.forEach(
                    row -> heads.put(row.getUUID("id"), new Head(row.getLong("last_rev"), row.getLong("version"))));
            return heads;
        });
    }

    /** The messages of each room after its seq, at most the newest {@link UnreadCount#MAX}. */
    Future<Map<UUID, TailChanges>> tails(Map<UUID, Long> rooms) {
        return tails(TAIL_AFTER, rooms);
    }

    /** Up to {@link UnreadCount#MAX} messages of each room that have changed since its revision, the earliest changes first. */
    Future<Map<UUID, TailChanges>> changes(Map<UUID, Long> rooms) {
        return tails(TAIL_CHANGED, rooms);
    }

    /** The newest rooms of each user, up to {@code limit}. */
    Future<Map<UUID, Set<UUID>>> roomsOf(Set<UUID> users, int limit) {
        return run(ROOMS_OF, users.toArray(UUID[]::new), limit).map(rows -> {
            Map<UUID, Set<UUID>> rooms = new HashMap<>();
            rows.forEach(row -> rooms.computeIfAbsent(row.getUUID("user_id"), user -> new HashSet<>())
                    .add(row.getUUID("room_id")));
            return rooms;
        });
    }

    private Future<Map<UUID, TailChanges>> tails(String query, Map<UUID, Long> rooms) {
        List<UUID> ids = List.copyOf(rooms.keySet());
        Long[] known = ids.stream().map(rooms::get).toArray(Long[]::new);
        return run(query, ids.toArray(UUID[]::new), known).map(rows -> {
            Map<UUID, TailChanges> found = new LinkedHashMap<>();
            for (Row row : rows) {
                TailChanges changes = found.computeIfAbsent(
                        ids.get(index(row)),
                        room -> new TailChanges(row.getLong("last_seq"), row.getLong("last_rev"), new ArrayList<>()));
                if (row.getLong("seq") != null) {
                    changes.messages().add(tailMessage(row));
                }
            }
            return found;
        });
    }

    private static TailMessage tailMessage(Row row) {
        UUID[] mentions = row.getArrayOfUUIDs("mentions");
        return new TailMessage(
                row.getLong("seq"),
                row.getBoolean("deleted") ? null : row.getUUID("sender_id"),
                mentions == null ? List.of() : List.of(mentions));
    }

    private static List<AccountState> states(RowSet<Row> rows, int queries) {
        List<AccountState> states = new ArrayList<>(queries);
        for (Row row : rows) {
            if (index(row) == states.size()) {
                Long rev = row.getLong("account_rev");
                states.add(new AccountState(rev == null ? 0 : rev, new ArrayList<>()));
            }
            if (row.getUUID("id") != null) {
                states.get(index(row))
                        .memberships()
                        .add(new MembershipState(
                                description(row),
                                row.getLong("last_seq"),
                                row.getLong("last_rev"),
                                row.getString("role"),
                                row.getLong("read_seq")));
            }
        }
        return states;
    }

    private static int index(Row row) {
        return row.getLong("n").intValue() - 1;
    }

    private static RoomDescription description(Row row) {
        UUID[] direct = row.getArrayOfUUIDs("direct");
        return new RoomDescription(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("topic"),
                row.getString("visibility"),
                direct == null ? List.of() : List.of(direct),
                Metadata.ofStored(row.getString("metadata")),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
