package io.heliograph.user.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.TestSettings;
import io.heliograph.user.token.AccessTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a caller waits: here for attempts that do not end within the time of a test. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class RevocationBusTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Redis client;

    @Inject
    SessionMetrics metrics;

    @Inject
    AccessTokens tokens;

    RedisServer redis;

    @AfterEach
    void startWhatWasStopped() {
        Processes.signal(redis.process(), "CONT");
        redis.start();
    }

    @Test
    void shouldNotBlockTheCallerWhileRedisHangs() {
        RevocationBus bus = bus();
        Processes.signal(redis.process(), "STOP");

        bus.revoke(List.of(UUID.randomUUID())).await().atMost(LONG);
    }

    @Test
    void shouldNotBlockTheCallerUntilTheNextAttempt() {
        RevocationBus bus = bus();
        redis.kill();

        bus.revoke(List.of(UUID.randomUUID())).await().atMost(LONG);
    }

    @Test
    void shouldDropRevocationsOverTheBoundOfPendingOnes() {
        RevocationBus bus = bus();
        redis.kill();
        bus.revokeUser(UUID.randomUUID()).await().atMost(LONG);
        double lost = lost();

        bus.revoke(List.of(UUID.randomUUID(), UUID.randomUUID())).await().atMost(LONG);

        assertTrue(lost() >= lost + 2, "lost revocations");
    }

    private RevocationBus bus() {
        return new RevocationBus(client, new Bounds(Duration.ofMillis(100), NEVER, NEVER, 5, 1), metrics, tokens);
    }

    private static double lost() {
        return Meters.of("heliograph_session_revocations_total{result=\"lost\"");
    }

    private record Bounds(Duration maxWait, Duration timeout, Duration retryDelay, int retries, int maxPending)
            implements RevocationConfig {}
}
