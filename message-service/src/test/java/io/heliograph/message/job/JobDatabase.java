package io.heliograph.message.job;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;

/** Direct changes of the tables of jobs, in place of another replica or of time. */
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
