package io.heliograph.message.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotencyKeys;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets a request that is repeated under its key take effect once: its response is stored in the same transaction. */
@Singleton
public final class IdempotencyRepository extends Repository {

    private final ObjectMapper json;

    IdempotencyRepository(Pool pool, DatabaseConfig config, ObjectMapper json) {
        super(pool, config);
        this.json = json;
    }

    /** As {@link #once(SqlConnection, IdempotentRequest, Supplier, Function)}, but stores the whole response. */
    public <T> Future<Answer<T>> once(SqlConnection transaction, IdempotentRequest request, Supplier<Future<T>> work) {
        return once(transaction, request, work, made -> made);
    }

    /**
     * Does the work in this transaction unless it was done before, and stores the response in the same transaction.
     * Fails with {@code idempotency_key_reused} if the key was used for another request.
     *
     * @param request null to do the work in any case
     * @param stored the response for a repetition, as {@link Answer.Replayed}; without the secret, if there is one
     */
    public <T> Future<Answer<T>> once(
            SqlConnection transaction,
            IdempotentRequest request,
            Supplier<Future<T>> work,
            Function<T, Object> stored) {
        if (request == null) {
            return work.get().map(Answer.First::new);
        }
        return IdempotencyKeys.reserve(transaction, request)
                .compose(reserved -> reserved
                        ? work.get().compose(made -> store(transaction, request, made, stored.apply(made)))
                        : IdempotencyKeys.find(transaction, request)
                                .map(found -> new Answer.Replayed<>(found.orElseThrow(
                                        () -> new IllegalStateException("The key has just expired.")))));
    }

    /** The response to this request if it was made before; fails like {@link #once}. */
    public <T> Future<Optional<Answer<T>>> find(IdempotentRequest request) {
        return request == null
                ? Future.succeededFuture(Optional.empty())
                : onConnection(connection -> IdempotencyKeys.find(connection, request))
                        .map(found -> found.map(Answer.Replayed::new));
    }

    /** As {@link #once}, for work that was done outside of a transaction and may be repeated. */
    public <T> Future<Answer<T>> done(IdempotentRequest request, T made) {
        return request == null
                ? Future.succeededFuture(new Answer.First<>(made))
                : inTransaction(transaction -> once(transaction, request, () -> Future.succeededFuture(made)));
    }

    /** Deletes some expired keys; returns how many. */
    Future<Integer> deleteOld(int limit) {
        return onConnection(connection -> IdempotencyKeys.deleteOld(connection, limit));
    }

    private <T> Future<Answer<T>> store(SqlConnection transaction, IdempotentRequest request, T made, Object stored) {
        try {
            return IdempotencyKeys.store(transaction, request, json.writeValueAsString(stored))
                    .map(written -> new Answer.First<>(made));
        } catch (JsonProcessingException impossible) {
            return Future.failedFuture(impossible);
        }
    }
}
