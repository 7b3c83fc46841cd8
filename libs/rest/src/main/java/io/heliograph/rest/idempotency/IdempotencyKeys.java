package io.heliograph.rest.idempotency;

import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The table {@code idempotency_keys} of a service. {@link #reserve} is the first statement of the transaction that does
 * the work of a request and {@link #store} its last, so that both are committed with the work, or neither.
 */
public final class IdempotencyKeys {

    /** For so long a repetition gets the first answer; a client that gives up sooner need not know. */
    private static final Duration AGE = Duration.ofHours(24);

    /** Keys of one caller; with more, the oldest are forgotten. */
    private static final long MOST = 1_000;

    /** Waits for a concurrent transaction of the same key. A row that is too old is as good as none. */
    private static final String RESERVE = """
            insert into idempotency_keys (user_id, key, request) values ($1, $2, $3)
            on conflict (user_id, key) do update set request = excluded.request, response = null, created_at = now()
              where idempotency_keys.created_at < now() - make_interval(secs => $4)
            returning user_id
            """;

    private static final String FIND = """
            select request, response from idempotency_keys
            where user_id = $1 and key = $2 and created_at >= now() - make_interval(secs => $3)
            """;

    private static final String STORE = """
            with forgotten as (
              delete from idempotency_keys where user_id = $1 and created_at <= (
                select created_at from idempotency_keys where user_id = $1 order by created_at desc offset $4 limit 1
              )
            )
            update idempotency_keys set response = $3 where user_id = $1 and key = $2
            """;

    private static final String DELETE_OLD = """
            delete from idempotency_keys where (user_id, key) in (
              select user_id, key from idempotency_keys
              where created_at < now() - make_interval(secs => $1) order by created_at limit $2 for update skip locked
            )
            """;

    private IdempotencyKeys() {}

    /**
     * Whether the work is to be done in this transaction; otherwise {@link #find} has what was stored. Waits for a
     * concurrent transaction that has reserved the same key, on whichever replica.
     */
    public static Future<Boolean> reserve(SqlConnection transaction, IdempotentRequest request) {
        return run(transaction, RESERVE, request.caller(), request.key(), request.digest(), seconds())
                .map(reserved -> reserved.size() > 0);
    }

    /** Stores what a repetition needs to answer: never a secret. */
    public static Future<Void> store(SqlConnection transaction, IdempotentRequest request, String json) {
        return run(transaction, STORE, request.caller(), request.key(), json, MOST)
                .mapEmpty();
    }

    /**
     * What was stored for this request if it was made before. Fails with {@code idempotency_key_reused} if the key was
     * used for another one.
     */
    public static Future<Optional<String>> find(SqlConnection connection, IdempotentRequest request) {
        return run(connection, FIND, request.caller(), request.key(), seconds()).map(rows -> {
            for (Row row : rows) {
                return Optional.of(stored(row, request));
            }
            return Optional.empty();
        });
    }

    /** Forgets some keys that are too old; how many there were. */
    public static Future<Integer> deleteOld(SqlConnection connection, int limit) {
        return run(connection, DELETE_OLD, seconds(), limit).map(RowSet::rowCount);
    }

    /** The refusal of a repetition whose answer had a secret that cannot be shown again; names what was made. */
    public static ProblemException used(String detail, String location) {
        return ProblemException.of(Status.CONFLICT, "idempotency_key_used", detail)
                .at(location);
    }

    private static String stored(Row row, IdempotentRequest request) {
        if (!Arrays.equals(row.getBuffer("request").getBytes(), request.digest())) {
            throw ProblemException.unprocessable(
                    "idempotency_key_reused", "The Idempotency-Key was used before, for another request.");
        }
        return row.getString("response");
    }

    private static double seconds() {
        return AGE.toSeconds();
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Object... values) {
        return connection.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(values)));
    }
}
