package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Metrics;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.testsupport.LiveWatcher;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operations stream over two gateways, two message-services and a user-service. */
@ExtendWith(RunningHeliograph.class)
class OperationsStreamTest {

    private static final int REPLICAS = 5;

    private final Heliograph heliograph;

    OperationsStreamTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.messageProcess(1).resume();
        heliograph.revive();
    }

    @Test
    void shouldSampleAllReplicasFromTheFirstWatcherToTheLast() {
        await().until(this::noReplicaSamples);
        try (LiveWatcher first = watch(0);
                LiveWatcher second = watch(1)) {
            JsonNode sample = first.awaitSample(OperationsStreamTest::isWhole);
            assertEquals(names(sample), names(second.awaitSample(OperationsStreamTest::isWhole)));

            first.close();

            // Also from the replicas whose gateway has no watcher any more.
            second.awaitSample(OperationsStreamTest::isWhole);
            assertTrue(heliograph.replicas().allMatch(this::samples));
        }
        await().until(this::noReplicaSamples);
    }

    @Test
    void shouldSendTheHistoryToAWatcherOfAnotherGateway() {
        try (LiveWatcher first = watch(0)) {
            first.awaitSample(OperationsStreamTest::isWhole);
            JsonNode seen = first.awaitSample(OperationsStreamTest::isWhole);

            try (LiveWatcher second = watch(1)) {
                JsonNode oldest = second.await("history").get("samples").get(0);

                assertTrue(
                        oldest.get("time").asText().compareTo(seen.get("time").asText()) < 0);
            }
        }
    }

    @Test
    void shouldStopSamplingWhenTheOnlyWatchedGatewayIsKilled() {
        try (LiveWatcher watcher = watch(0)) {
            watcher.awaitSample(OperationsStreamTest::isWhole);

            heliograph.gatewayProcess(0).kill();

            await().until(this::noReplicaSamples);
        }
    }

    @Test
    void shouldReportFrozenAndKilledReplicasAsMissing() {
        try (LiveWatcher watcher = watch(0)) {
            watcher.awaitSample(OperationsStreamTest::isWhole);

            heliograph.messageProcess(1).pause();

            JsonNode sample = watcher.awaitSample(each -> each.get("missing").size() == 1);
            assertEquals(
                    "message-service", sample.get("missing").get(0).get("name").asText());
            assertEquals(REPLICAS - 1, sample.get("services").size());
            assertFalse(sample.get("partial").asBoolean());

            heliograph.messageProcess(1).resume();
            watcher.awaitSample(OperationsStreamTest::isWhole);
            heliograph.messageProcess(0).kill();
            watcher.awaitSample(each -> each.get("missing").size() == 1);
            heliograph.messageProcess(0).start();

            watcher.awaitSample(OperationsStreamTest::isWhole);
        }
    }

    @Test
    void shouldShowOnlyTheGatewayWhileRedisIsDownAndRecoverByItself() {
        try (LiveWatcher watcher = watch(1)) {
            watcher.awaitSample(OperationsStreamTest::isWhole);

            heliograph.redis().kill();

            JsonNode partial = watcher.awaitSample(each -> each.get("partial").asBoolean());
            assertEquals(1, partial.get("services").size());
            assertEquals(0, partial.get("missing").size());

            heliograph.redis().start();

            JsonNode healed = watcher.awaitSample(OperationsStreamTest::isWhole);
            assertFalse(healed.get("partial").asBoolean());
        }
    }

    @Test
    void shouldEndTheStreamOfASessionThatIsSignedOut() {
        JsonNode tokens = signIn();
        try (LiveWatcher watcher = LiveWatcher.of(
                heliograph.gatewayProcess(0).http(""), tokens.get("accessToken").asText())) {
            watcher.await("sample");

            heliograph
                    .gateway()
                    .post(
                            "/api/auth/logout",
                            Map.of("refreshToken", tokens.get("refreshToken").asText()))
                    .expect(204);

            assertEquals(4503, watcher.awaitClose());
        }
    }

    @Test
    void shouldListTheTasksOfAllServices() {
        try (LiveWatcher watcher = watch(0)) {
            watcher.send(Map.of("type", "subscribe", "topics", List.of("tasks")));

            JsonNode sample = watcher.awaitSample(each -> LiveWatcher.has(each, "tasks", "message-service")
                    && LiveWatcher.has(each, "tasks", "gateway-service"));

            assertTrue(sample.get("tasks").get(0).has("completed"));
        }
    }

    private LiveWatcher watch(int gateway) {
        return LiveWatcher.of(
                heliograph.gatewayProcess(gateway).http(""),
                signIn().get("accessToken").asText());
    }

    private JsonNode signIn() {
        return heliograph
                .users()
                .post("/api/auth/login", Map.of("login", "admin", "password", Stack.DEMO_PASSWORD))
                .expect(200)
                .body();
    }

    private static boolean isWhole(JsonNode sample) {
        return sample.get("services").size() == REPLICAS;
    }

    private static TreeSet<String> names(JsonNode sample) {
        TreeSet<String> names = new TreeSet<>();
        sample.get("services").forEach(each -> names.add(each.get("name") + " " + each.get("replica")));
        return names;
    }

    private boolean noReplicaSamples() {
        return heliograph.replicas().filter(ServiceProcess::isAlive).noneMatch(this::samples);
    }

    private boolean samples(ServiceProcess process) {
        return Metrics.of(process).value("heliograph_operations_sampling") == 1;
    }
}
