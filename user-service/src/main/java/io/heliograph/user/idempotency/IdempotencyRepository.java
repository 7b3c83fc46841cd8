package io.heliograph.user.idempotency;

import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotencyKeys;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets a request that is repeated under its key take effect once: its result is stored with the key. */
@Singleton
public class IdempotencyRepository extends Repository {

    IdempotencyRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /**
     * Does the work in this transaction unless it was done before. Fails with {@code idempotency_key_reused} if the key
     * was used for another request.
     *
     * @param request null to do the work in any case
     * @param made JSON that a repetition gets as {@link Answer.Replayed}: ids, and never a secret
     */
    public <T> Uni<Answer<T>> once(
            SqlConnection transaction, IdempotentRequest request, Supplier<Uni<T>> work, Function<T, String> made) {
        if (request == null) {
            return work.get().map(Answer.First::new);
        }
        return uni(() -> IdempotencyKeys.reserve(transaction.getDelegate(), request))
                .flatMap(reserved -> reserved
                        ? work.get()
                                .call(done -> uni(() ->
                                        IdempotencyKeys.store(transaction.getDelegate(), request, made.apply(done))))
                                .map(Answer.First::new)
                        : uni(() -> IdempotencyKeys.find(transaction.getDelegate(), request))
                                .map(found -> new Answer.Replayed<>(found.orElseThrow(
                                        () -> new IllegalStateException("The key has just expired.")))));
    }

    /** The result of this request if it was made before; fails like {@link #once}. */
    public Uni<Optional<String>> find(IdempotentRequest request) {
        return request == null
                ? Uni.createFrom().item(Optional.empty())
                : inTransaction(transaction -> uni(() -> IdempotencyKeys.find(transaction.getDelegate(), request)));
    }

    /** Deletes some expired keys; returns how many. */
    Uni<Integer> deleteOld(int limit) {
        return onConnection(connection -> uni(() -> IdempotencyKeys.deleteOld(connection.getDelegate(), limit)));
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> begun) {
        return Uni.createFrom().completionStage(() -> begun.get().toCompletionStage());
    }
}
