package io.heliograph.message.room;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The number of rooms of a user. A transaction that adds one holds the lock of the user, taken after that of the room,
 * if any.
 */
@Singleton
class AccountRepository extends Repository {

    private static final String LOCK = "select from people where id = $1 for no key update";

    /** Counts no further than the limits. */
    private static final String COUNT = """
            select (select count(*) from (select from members where user_id = $1 limit $2) m) as memberships,
                   (select count(*) from (select from members where user_id = $1 and role = 'owner' limit $3) o) as owned
            """;

    /** Locks in the order of the ids, so that two of these statements cannot deadlock. */
    private static final String LOCK_ALL = "select from people where id = any($1) order by id for no key update";

    private static final String FULL = """
            select v.id from unnest($1::uuid[]) as v(id)
            where exists (select from members where user_id = v.id offset $2 limit 1)
            """;

    private final RoomLimits limits;

    AccountRepository(Pool pool, DatabaseConfig config, RoomLimits limits) {
        super(pool, config);
        this.limits = limits;
    }

    /**
     * Fails if the user cannot have another room in this role; until the end of the transaction no other can be added.
     */
    Future<Void> admit(SqlConnection transaction, UUID person, Role role) {
        return count(transaction, person).map(row -> {
            limits.checkAnother(row.getLong("memberships"), row.getLong("owned"), role);
            return null;
        });
    }

    /** As {@link #admit}, for the owner of a new room and its other members, if there are any. */
    Future<Void> admitAll(SqlConnection transaction, UUID owner, List<UUID> others) {
        if (others.isEmpty()) {
            return admit(transaction, owner, Role.OWNER);
        }
        List<UUID> all = Stream.concat(Stream.of(owner), others.stream()).toList();
        return full(transaction, all)
                .map(full -> {
                    if (!full.isEmpty()) {
                        limits.refuseAnother();
                    }
                    return null;
                })
                .compose(free -> admit(transaction, owner, Role.OWNER));
    }

    /** As {@link #admit}, for a member who becomes an owner. */
    Future<Void> admitOwner(SqlConnection transaction, UUID person) {
        return count(transaction, person).map(row -> {
            limits.checkOwned(row.getLong("owned"));
            return null;
        });
    }

    /**
     * The users among these who cannot be in another room; until the end of the transaction no other room can be added
     * for the rest.
     */
    Future<Set<UUID>> full(SqlConnection transaction, List<UUID> people) {
        UUID[] ids = people.toArray(UUID[]::new);
        return run(transaction, LOCK_ALL, (Object) ids)
                .compose(locked -> run(transaction, FULL, ids, (long) limits.maxMemberships() - 1))
                .map(rows -> Set.copyOf(list(rows, row -> row.getUUID("id"))));
    }

    private Future<Row> count(SqlConnection transaction, UUID person) {
        return run(transaction, LOCK, person)
                .compose(locked ->
                        run(transaction, COUNT, person, (long) limits.maxMemberships(), (long) limits.maxOwned()))
                .map(rows -> rows.iterator().next());
    }
}
