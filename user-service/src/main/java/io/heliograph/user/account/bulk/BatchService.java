package io.heliograph.user.account.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.NewUser;
import io.heliograph.user.account.bulk.Row.FinishedRow;
import io.heliograph.user.account.bulk.Row.HashedRow;
import io.heliograph.user.account.bulk.Row.RejectedRow;
import io.heliograph.user.account.bulk.Row.ValidRow;
import io.heliograph.user.idempotency.IdempotencyRepository;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Validates the rows of a batch, hashes its passwords a few at a time, and stores all valid rows in one transaction.
 */
@Singleton
class BatchService {

    /** A batch without passwords takes less. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final BatchConfig config;
    private final RowReader reader;
    private final PasswordHasher passwords;
    private final BatchRepository repository;
    private final IdempotencyRepository keys;
    private final Semaphore free;

    BatchService(
            BatchConfig config,
            RowReader reader,
            PasswordHasher passwords,
            BatchRepository repository,
            IdempotencyRepository keys) {
        this.config = config;
        this.reader = reader;
        this.passwords = passwords;
        this.repository = repository;
        this.keys = keys;
        this.free = new Semaphore(config.maxConcurrent());
    }

    /**
     * Fails with {@code overloaded} while too many batches are running.
     *
     * @param request null for a request without an idempotency key
     */
    Uni<BatchAnswer> add(List<JsonNode> sent, IdempotentRequest request) {
        if (request == null) {
            return addNew(sent, null);
        }
        // Before any password is hashed.
        return keys.find(request)
                .flatMap(stored -> stored.isPresent() ? repeat(stored.get(), sent) : addNew(sent, request));
    }

    private Uni<BatchAnswer> addNew(List<JsonNode> sent, IdempotentRequest request) {
        if (!free.tryAcquire()) {
            throw ProblemException.unavailable("overloaded", "Too many batches at the moment.", RETRY_AFTER);
        }
        // All rows are read on this thread, since the body of a large batch was read on a worker thread, and hashes
        // complete on an event loop.
        List<Row> rows = IntStream.range(0, sent.size())
                .mapToObj(index -> read(index, sent.get(index)))
                .toList();
        long deadline = System.nanoTime() + config.hashingTimeout().toNanos();
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUni(row -> row instanceof ValidRow draft
                        ? hash(draft, deadline)
                        : Uni.createFrom().item(row))
                .merge(config.maxConcurrentHashes())
                .collect()
                .asList()
                .flatMap(all -> store(all, request))
                .flatMap(answer -> answer instanceof Answer.Replayed<BatchResult> repeated
                        ? repeat(repeated.json(), sent)
                        : Uni.createFrom().item(new BatchAnswer(answer.first(), false)))
                .onTermination()
                .invoke(() -> free.release());
    }

    private Row read(int index, JsonNode row) {
        try {
            return new ValidRow(index, reader.read(row));
        } catch (ProblemException refusal) {
            return new RejectedRow(index, refusal);
        }
    }

    private Uni<Row> hash(ValidRow draft, long deadline) {
        return hash(draft.user().password(), deadline)
                .<Row>map(hash -> new HashedRow(draft.index(), account(draft.user(), hash)))
                .onFailure(ProblemException.class)
                .recoverWithItem(refusal -> new RejectedRow(draft.index(), refusal));
    }

    private Uni<String> hash(String password, long deadline) {
        if (password == null) {
            return Uni.createFrom().nullItem();
        }
        return System.nanoTime() - deadline < 0
                ? passwords.hash(HashQuota.UNBOUNDED, password)
                : Uni.createFrom()
                        .failure(ProblemException.unavailable(
                                "overloaded", "Too many passwords in one batch.", RETRY_AFTER));
    }

    private static NewAccount account(NewUser user, String hash) {
        return NewAccount.ofUser(user.username(), user.email(), user.displayName(), hash)
                .withExternalId(user.externalId());
    }

    private Uni<Answer<BatchResult>> store(List<Row> rows, IdempotentRequest request) {
        List<HashedRow> ready = those(rows, HashedRow.class)
                .sorted(Comparator.comparing(HashedRow::index))
                .toList();
        return repository.add(
                request,
                ready,
                stored -> BatchResult.of(Stream.concat(stored.stream(), those(rows, RejectedRow.class))
                        .sorted(Comparator.comparing(Row::index))
                        .map(FinishedRow::result)
                        .toList()));
    }

    private Uni<BatchAnswer> repeat(String json, List<JsonNode> sent) {
        StoredBatch stored = new StoredBatch(json);
        return repository
                .find(stored.accounts())
                .map(accounts -> stored.result(
                        accounts, index -> reader.read(sent.get(index)).externalId()))
                .map(result -> new BatchAnswer(result, true));
    }

    private static <T extends Row> Stream<T> those(List<Row> rows, Class<T> state) {
        return rows.stream().filter(state::isInstance).map(state::cast);
    }
}
