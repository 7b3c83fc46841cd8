package io.heliograph.message.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets a request that is repeated under its key take effect once: what it answered is stored with what it made. */
@Singleton
public final class IdempotencyRepository extends Repository {

    /** For so long a repetition gets the first answer; a client that gives up sooner need not know. */
    static final Duration AGE = Duration.ofHours(24);

    /** Keys of one caller; with more, the oldest are forgotten. Some hundred bytes each. */
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

    private final ObjectMapper json;

    IdempotencyRepository(Pool pool, DatabaseConfig config, ObjectMapper json) {
        super(pool, config);
        this.json = json;
    }

    /**
     * Does the work in this transaction unless it was done before, and stores the answer in the same. Fails with {@code
     * idempotency_key_reused} if the key was used for another request. Without a request the work is simply done.
     *
     * @param request may be null
     */
    public <T> Future<Answer<T>> once(SqlConnection transaction, IdempotentRequest request, Supplier<Future<T>> work) {
        if (request == null) {
            return work.get().map(Answer.First::new);
        }
        return run(transaction, RESERVE, request.caller(), request.key(), request.digest(), (double) AGE.toSeconds())
                .compose(reserved -> reserved.size() > 0
                        ? work.get().compose(made -> store(transaction, request, made))
                        : run(transaction, FIND, request.caller(), request.key(), (double) AGE.toSeconds())
                                .map(rows -> IdempotencyRepository.<T>repeated(rows, request)
                                        .orElseThrow(() -> new IllegalStateException("The key has just expired."))));
    }

    /** The answer to this request if it was given before; fails like {@link #once}. */
    public <T> Future<Optional<Answer<T>>> find(IdempotentRequest request) {
        return request == null
                ? Future.succeededFuture(Optional.empty())
                : run(FIND, request.caller(), request.key(), (double) AGE.toSeconds())
                        .map(rows -> repeated(rows, request));
    }

    /** Forgets some keys that are too old; how many there were. */
    Future<Integer> deleteOld(int limit) {
        return run(DELETE_OLD, (double) AGE.toSeconds(), limit).map(rows -> rows.rowCount());
    }

    private <T> Future<Answer<T>> store(SqlConnection transaction, IdempotentRequest request, T made) {
        try {
            return run(transaction, STORE, request.caller(), request.key(), json.writeValueAsString(made), MOST)
                    .map(stored -> new Answer.First<>(made));
        } catch (JsonProcessingException impossible) {
            return Future.failedFuture(impossible);
        }
    }

    private static <T> Optional<Answer<T>> repeated(RowSet<Row> rows, IdempotentRequest request) {
        for (Row row : rows) {
            if (!Arrays.equals(row.getBuffer("request").getBytes(), request.digest())) {
                throw ProblemException.unprocessable(
                        "idempotency_key_reused", "The Idempotency-Key was used before, for another request.");
            }
            return Optional.of(new Answer.Replayed<>(row.getString("response")));
        }
        return Optional.empty();
    }
}
