package io.heliograph.user.account.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.heliograph.user.idempotency.IdempotencyRepository;
import io.heliograph.user.signin.password.PasswordHasher;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bounds of a batch, drawn so tight that a test reaches them. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class BatchServiceTest {

    @Inject
    RowReader reader;

    @Inject
    PasswordHasher passwords;

    @Inject
    BatchRepository repository;

    @Inject
    IdempotencyRepository keys;

    @Test
    void shouldDeferRowsWithPasswordsAfterTheTimeoutAndMakeTheOthers() {
        BatchService batches = service(1, Duration.ZERO);

        BatchResult result = add(batches, List.of(row().put("password", "correct horse"), row()));

        assertEquals(1, result.created());
        assertEquals("overloaded", result.results().get(0).problem().code());
        assertEquals(201, result.results().get(1).status());
    }

    @Test
    void shouldRejectABatchWhileAnotherIsRunningAndAcceptItLater() {
        BatchService batches = service(1, Duration.ofSeconds(20));
        List<JsonNode> slow = Stream.generate(() -> (JsonNode) row().put("password", "correct horse"))
                .limit(10)
                .toList();

        CompletableFuture<BatchAnswer> first = batches.add(slow, null).subscribeAsCompletionStage();
        ProblemException refusal = assertThrows(ProblemException.class, () -> add(batches, List.of(row())));

        assertEquals("overloaded", refusal.code());
        assertEquals(10, first.join().result().created());
        assertEquals(1, add(batches, List.of(row())).created());
    }

    private BatchService service(int atOnce, Duration hashingTimeout) {
        return new BatchService(new Bounds(atOnce, 2, hashingTimeout), reader, passwords, repository, keys);
    }

    private static BatchResult add(BatchService batches, List<JsonNode> rows) {
        return Uni.createFrom()
                .deferred(() -> batches.add(rows, null))
                .await()
                .indefinitely()
                .result();
    }

    private static ObjectNode row() {
        String name = "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        return JsonNodeFactory.instance.objectNode().put("username", name).put("email", name + "@example.org");
    }

    private record Bounds(int maxConcurrent, int maxConcurrentHashes, Duration hashingTimeout) implements BatchConfig {}
}
