package io.heliograph.message.mark;

import io.heliograph.message.store.Repository;
import io.heliograph.message.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** A mark is one number of a member, which only grows and never passes the end of the room. */
@Singleton
class ReadMarkRepository extends Repository {

    private static final String MOVE = """
            update members m set read_seq = greatest(m.read_seq, least($3, r.last_seq))
            from rooms r
            where m.room_id = $1 and m.user_id = $2 and r.id = $1
            returning m.read_seq
            """;

    ReadMarkRepository(Pool pool, StoreConfig config) {
        super(pool, config);
    }

    /** Where the mark stands afterwards; empty for one who is not a member. */
    Future<Optional<ReadMark>> move(UUID room, UUID person, long seq) {
        return run(MOVE, room, person, seq)
                .map(rows -> list(rows, row -> new ReadMark(room, row.getLong("read_seq"))).stream()
                        .findAny());
    }
}
