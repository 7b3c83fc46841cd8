package io.heliograph.message.room;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The status of users in a room, in a transaction that holds the lock of the room, so that it stays valid. */
@Singleton
class MembershipStatusRepository extends Repository {

    /**
     * $3 is the caller. The lateral lookups with their limit keep the plan on the keys, however many users are added.
     */
    private static final String STANDING = """
            select v.user_id, m.role, i.role as invited,
                   d.departed is not null as departed, b.blocks is not null as blocks, x.banned is not null as banned
            from unnest($2::uuid[]) with ordinality as v(user_id, n)
            left join lateral (
              select role from members where room_id = $1 and user_id = v.user_id limit 1
            ) m on true
            left join lateral (
              select role from invitations where room_id = $1 and user_id = v.user_id limit 1
            ) i on true
            left join lateral (
              select true as departed from departures where room_id = $1 and user_id = v.user_id limit 1
            ) d on true
            left join lateral (
              select true as blocks from blocks where user_id = v.user_id and blocked_id = $3 limit 1
            ) b on true
            left join lateral (
              select true as banned from bans
              where room_id = $1 and user_id = v.user_id and (until is null or until > now()) limit 1
            ) x on true
            order by v.n
            """;

    MembershipStatusRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** {@code by} is the caller. */
    static Future<MembershipStatus> find(SqlConnection transaction, UUID room, UUID person, UUID by) {
        return findAll(transaction, room, List.of(person), by).map(found -> found.get(0));
    }

    /** The status of many users, in their order. */
    static Future<List<MembershipStatus>> findAll(SqlConnection transaction, UUID room, List<UUID> people, UUID by) {
        return run(transaction, STANDING, room, people.toArray(UUID[]::new), by)
                .map(rows -> list(rows, MembershipStatusRepository::from));
    }

    private static MembershipStatus from(Row row) {
        return new MembershipStatus(
                row.getUUID("user_id"),
                Optional.ofNullable(row.getString("role")).map(Role::of),
                Optional.ofNullable(row.getString("invited")).map(Role::of),
                row.getBoolean("departed"),
                row.getBoolean("blocks"),
                row.getBoolean("banned"));
    }
}
