package io.heliograph.message.job;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;

/** The tables of jobs, for what only another replica or time would do. */
@Singleton
class JobDatabase {

    private final Pool pool;

    JobDatabase(Pool pool) {
        this.pool = pool;
    }

    void run(String sql, Object... values) {
        pool.preparedQuery(sql)
                .execute(Tuple.tuple(List.of(values)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
