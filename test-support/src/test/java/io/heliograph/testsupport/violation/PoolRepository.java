package io.heliograph.testsupport.violation;

import io.vertx.sqlclient.Pool;

/** Queries the pool itself. */
final class PoolRepository {

    void run(Pool pool) {
        pool.query("select 1").execute();
    }
}
