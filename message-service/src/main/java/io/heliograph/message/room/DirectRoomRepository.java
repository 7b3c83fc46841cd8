package io.heliograph.message.room;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
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

/** Direct rooms: a unique index ensures that each pair of users has only one. */
@Singleton
class DirectRoomRepository extends Repository {

    /** The room, if both users are members. */
    private static final String FIND_COMPLETE = "select" + RoomRepository.COLUMNS + """
            from rooms r
            where r.direct = $1 and (select count(*) from members where room_id = r.id) = 2
            """;

    /** Waits for a concurrent transaction that creates the same room. */
    private static final String CREATE = """
            insert into rooms (visibility, direct, metadata) values ('private', $1, $2)
            on conflict (direct) where direct is not null do nothing returning id
            """;

    private static final String LOCK = "select id from rooms where direct = $1 for no key update";

    private static final String READ = "select" + RoomRepository.COLUMNS + "from rooms r where r.id = $1";

    /** A room may be removed between the two statements, with its last member. */
    private static final int ATTEMPTS = 3;

    private final LockingTransactions transactions;
    private final AdmissionRepository admissions;

    DirectRoomRepository(
            Pool pool, DatabaseConfig config, LockingTransactions transactions, AdmissionRepository admissions) {
        super(pool, config);
        this.transactions = transactions;
        this.admissions = admissions;
    }

    /** The room of these two users, if both are members. */
    Future<Optional<Room>> findComplete(DirectPair pair) {
        return run(FIND_COMPLETE, (Object) pair.key())
                .map(rows -> list(rows, RoomRepository::room).stream().findAny());
    }

    /**
     * Creates the room unless it exists, and admits the users who are not in it. The user who requests it becomes a
     * member; the other is added or invited as to any room. The profiles of both must be stored.
     */
    Future<OpenedRoom> open(DirectPair pair, Metadata metadata, UUID by, boolean authority) {
        return transactions.run(pair, transaction -> obtain(transaction, pair, metadata, ATTEMPTS)
                .compose(obtained -> enter(transaction, obtained.room, pair, by, authority)
                        .compose(entered -> run(transaction, READ, obtained.room))
                        .map(rows -> new OpenedRoom(
                                RoomRepository.room(rows.iterator().next()), obtained.created))));
    }

    private Future<Void> enter(SqlConnection transaction, UUID room, DirectPair pair, UUID by, boolean authority) {
        return MembershipStatusRepository.findAll(transaction, room, pair.people(), by)
                .compose(statuses -> {
                    boolean there =
                            statuses.stream().anyMatch(status -> status.person().equals(by) && status.isMember());
                    Future<Void> entered = Future.succeededFuture();
                    // In the order of the ids, which is the order of row locks.
                    for (MembershipStatus status : statuses) {
                        // A member does not learn of a block by repeating the request.
                        if (!status.isMember() && !(there && status.blocks())) {
                            entered = entered.compose(before -> enter(transaction, room, status, by, authority));
                        }
                    }
                    return entered;
                });
    }

    private Future<Void> enter(
            SqlConnection transaction, UUID room, MembershipStatus status, UUID by, boolean authority) {
        return status.person().equals(by)
                ? admissions.enterDirect(transaction, room, by)
                : admissions
                        .take(transaction, room, status, Role.MEMBER, by, authority)
                        .mapEmpty();
    }

    private record Obtained(UUID room, boolean created) {}

    private static Future<Obtained> obtain(
            SqlConnection transaction, DirectPair pair, Metadata metadata, int attempts) {
        String data = metadata == null ? null : metadata.json();
        return run(transaction, CREATE, pair.key(), data).compose(created -> {
            Optional<UUID> made = id(created);
            return made.isPresent()
                    ? Future.succeededFuture(new Obtained(made.get(), true))
                    : run(transaction, LOCK, (Object) pair.key()).compose(locked -> {
                        Optional<UUID> found = id(locked);
                        if (found.isPresent()) {
                            return Future.succeededFuture(new Obtained(found.get(), false));
                        }
                        return attempts > 1
                                ? obtain(transaction, pair, metadata, attempts - 1)
                                : Future.failedFuture(new IllegalStateException("The room comes and goes."));
                    });
        });
    }

    private static Optional<UUID> id(RowSet<Row> rows) {
        List<UUID> ids = list(rows, row -> row.getUUID("id"));
        return ids.stream().findFirst();
    }
}
