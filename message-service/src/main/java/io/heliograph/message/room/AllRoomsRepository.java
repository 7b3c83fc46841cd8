package io.heliograph.message.room;

import io.heliograph.database.ReadPool;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** All rooms, independent of their members. */
@Singleton
class AllRoomsRepository extends Repository {

    /** Ids are in the order of creation, so this is one range of the primary key. */
    private static final String NEWEST =
            "select" + RoomRepository.COLUMNS + "from rooms r where r.id < $1 order by r.id desc limit $2";

    private final ReadPool reads;

    AllRoomsRepository(Pool pool, DatabaseConfig config, ReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /** The rooms whose ids are below {@code before}, newest first. */
    Future<List<Room>> newest(UUID before, int limit) {
        return reads.run(NEWEST, before, limit).map(rows -> list(rows, RoomRepository::room));
    }
}
