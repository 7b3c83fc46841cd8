package io.heliograph.user.database;

import io.heliograph.database.ReadPool;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.TypeArg;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;

/** The {@link ReadPool} for repositories that use Mutiny. */
@Singleton
public final class UniReadPool {

    private final ReadPool pool;

    UniReadPool(ReadPool pool) {
        this.pool = pool;
    }

    /** As {@link ReadPool#run}, once it is subscribed to. */
    public Uni<RowSet<Row>> run(String sql, Object... values) {
        return Uni.createFrom()
                .completionStage(() -> pool.run(sql, values).toCompletionStage())
                .map(UniReadPool::wrap);
    }

    /** A Mutiny row wraps a Vert.x row, which generics cannot express. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RowSet<Row> wrap(io.vertx.sqlclient.RowSet rows) {
        return RowSet.newInstance(rows, TypeArg.of(Row.class));
    }
}
