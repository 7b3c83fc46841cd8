package io.heliograph.gateway.ratelimit;

import static io.heliograph.gateway.ratelimit.LimiterFixture.charge;
import static io.heliograph.gateway.ratelimit.LimiterFixture.policy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitKeys;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.localstack.store.TestStores;
import io.micrometer.core.instrument.DistributionSummary;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RateLimitBatcherTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What a busy test machine may need beside Redis; a Redis that is healthy must not look like one that hangs. */
    private static final Map<String, String> PATIENT = Map.of("heliograph.gateway.limiter.timeout", "2S");

    private static final Vertx VERTX = Vertx.vertx();

    private static Redis client;

    private static RedisServer server;

    private final String subject = UUID.randomUUID().toString();
    private LimiterFixture limiter;

    @BeforeAll
    static void connect() {
        server = TestStores.emptyRedis();
        client = Redis.createClient(VERTX, server.url());
    }

    @AfterAll
    static void closeClient() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startLimiter() throws InterruptedException {
        server.start();
        limiter = new LimiterFixture(server.url(), PATIENT).start();
    }

    @AfterEach
    void stopLimiter() {
        limiter.close();
    }

    @Test
    void shouldAdmitExactlyTheLimitAndReportTheRemainder() {
        RateLimitCharge charge = charge(policy("few", 3, 60_000), subject);

        long start = System.nanoTime();
        RateLimitCheck first = limiter.decide(charge).join();
        RateLimitCheck second = limiter.decide(charge).join();
        limiter.decide(charge).join();
        RateLimitCheck over = limiter.decide(charge).join();
        long elapsed = millisSince(start);

        assertEquals(2, first.remaining(0));
        assertEquals(60_000, first.waitMillis(0));
        assertEquals(1, second.remaining(0));
        assertEquals(0, over.rejectingCharge());
        // Milliseconds are whole at both ends.
        assertTrue(
                over.waitMillis(0) >= 60_000 - elapsed - 2 && over.waitMillis(0) <= 60_000,
                over.waitMillis(0) + " ms after " + elapsed + " ms");
    }

    @Test
    void shouldAdmitExactlyTheLimitOverSeveralGatewaysAtOnce() throws InterruptedException {
        RateLimitCharge charge = charge(policy("many", 500, 60_000), subject);
        try (LimiterFixture other = new LimiterFixture(server.url(), PATIENT).start()) {
            List<CompletableFuture<RateLimitCheck>> decisions = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                decisions.add(limiter.decide(charge));
                decisions.add(other.decide(charge));
            }

            long admitted = decisions.stream()
                    .filter(decision -> decision.join().rejectingCharge() < 0)
                    .count();

            assertEquals(500, admitted);
            assertTrue(
                    limiter.meters
                                    .get("heliograph.gateway.limits.batch")
                                    .summary()
                                    .max()
                            > 1,
                    "none gathered");
        }
    }

    @Test
    void shouldBatchOnlyBehindSeveralChecksInFlight() throws InterruptedException {
        RateLimitCharge charge = charge(policy("turns", 100, 60_000), subject);
        List<CompletableFuture<RateLimitCheck>> decisions = new ArrayList<>();

        Processes.signal(server.process(), "STOP");
        try {
            for (int i = 0; i < 10; i++) {
                decisions.add(limiter.decide(charge));
                limiter.awaitTurn();
            }
        } finally {
            Processes.signal(server.process(), "CONT");
        }

        decisions.forEach(decision -> assertTrue(decision.join().rejectingCharge() < 0));
        DistributionSummary batches =
                limiter.meters.get("heliograph.gateway.limits.batch").summary();
        // Four by themselves, then six together.
        assertEquals(5, batches.count());
        assertEquals(6, batches.max());
    }

    @Test
    void shouldChargeNoPolicyIfOneRejects() {
        RateLimitPolicy wide = policy("wide", 10, 60_000);
        RateLimitCharge narrow = charge(policy("narrow", 1, 60_000), subject);

        assertTrue(limiter.admits(charge(wide, subject), narrow));
        assertFalse(limiter.admits(charge(wide, subject), narrow));
        // What follows is by another narrow count, so that nothing is known of it here.
        RateLimitCheck next = limiter.decide(charge(wide, subject)).join();

        assertEquals(8, next.remaining(0));
    }

    @Test
    void shouldOnlyCountInShadowMode() {
        RateLimitCharge shadow = charge(policy("shadow", 1, 60_000, true), subject);
        RateLimitCharge real = charge(policy("real", 3, 60_000), subject);

        assertTrue(limiter.admits(shadow, real));
        RateLimitCheck second = limiter.decide(shadow, real).join();

        assertTrue(second.isExceeded(0));
        assertEquals(-1, second.rejectingCharge());
        assertEquals(1, second.remaining(1));
    }

    @Test
    void shouldSlideByTheMillisecond() {
        RateLimitCharge charge = charge(policy("sliding", 2, 200), subject);
        List<Long> earliest = new ArrayList<>();
        List<Long> latest = new ArrayList<>();

        while (earliest.size() < 8) {
            long before = System.nanoTime();
            if (limiter.admits(charge)) {
                earliest.add(before);
                latest.add(System.nanoTime());
            }
        }

        for (int i = 2; i < earliest.size(); i++) {
            long atMost = latest.get(i) - earliest.get(i - 2);
            assertTrue(atMost >= TimeUnit.MILLISECONDS.toNanos(199), "three within " + atMost + " ns");
        }
    }

    @Test
    void shouldAdmitAgainAfterTheRetryAfterTime() {
        RateLimitCharge charge = charge(policy("named", 1, 300), subject);
        limiter.admits(charge);

        long asked = System.nanoTime();
        int wait = limiter.decide(charge).join().waitMillis(0);
        long rejectedAt = System.nanoTime();
        long lastRefused = rejectedAt;
        for (long before = rejectedAt; !limiter.admits(charge); before = System.nanoTime()) {
            lastRefused = before;
        }

        // Milliseconds are whole at both ends.
        assertTrue(millisSince(asked) >= wait - 1, "admitted earlier than " + wait + " ms");
        long tooLate = TimeUnit.NANOSECONDS.toMillis(lastRefused - rejectedAt);
        assertTrue(tooLate <= wait + 2, "refused after " + tooLate + " ms instead of " + wait + " ms");
    }

    @Test
    void shouldNotAskRedisAboutRequestsKnownToBeRejected() {
        RateLimitCharge charge = charge(policy("flood", 1, 60_000), subject);
        limiter.admits(charge);
        limiter.admits(charge);
        long asked =
                limiter.meters.get("heliograph.gateway.limits.redis").timer().count();

        for (int i = 0; i < 100; i++) {
            assertFalse(limiter.admits(charge));
        }

        assertEquals(
                asked,
                limiter.meters.get("heliograph.gateway.limits.redis").timer().count());
    }

    @Test
    void shouldLeaveNothingInRedisAfterTheWindow() {
        limiter.admits(charge(policy("gone", 5, 200), subject));
        String key = RateLimitKeys.PREFIX + "gone:" + subject;

        assertEquals(1, redis(Request.cmd(Command.EXISTS).arg(key)).toInteger());
        await().atMost(TIMEOUT)
                .until(() -> redis(Request.cmd(Command.EXISTS).arg(key)).toInteger() == 0);
    }

    @Test
    void shouldNeedTenBytesForAMillisecondThatAdmitted() {
        RateLimitCharge charge = charge(policy("packed", 1_000, 60_000), subject);
        List<CompletableFuture<RateLimitCheck>> decisions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            decisions.add(limiter.decide(charge));
        }
        decisions.forEach(CompletableFuture::join);

        int bytes = redis(Request.cmd(Command.STRLEN).arg(charge.key())).toInteger();

        assertEquals(28 % 10, bytes % 10);
        assertTrue(bytes < 28 + 230 + 999 * 10, bytes + " bytes: what came in one millisecond is not one entry");
    }

    @Test
    void shouldNotBlockAfterAClockWasSetBack() {
        RateLimitCharge charge = charge(policy("clock", 2, 60_000), subject);
        // An entry of two, an hour from now.
        String future = """
                local time = redis.call('TIME')
                local future = time[1] * 1000 + 3600000
                redis.call('SET', KEYS[1], struct.pack('>I4I4I4I6I6I4', 2, 0, 0, future + 60000, future, 2))
                """;
        redis(Request.cmd(Command.EVAL).arg(future).arg(1).arg(charge.key()));

        assertTrue(limiter.admits(charge));
    }

    @Test
    void shouldReloadTheScriptAfterRedisHasLostIt() {
        RateLimitCharge charge = charge(policy("script", 2, 60_000), subject);
        limiter.admits(charge);

        redis(Request.cmd(Command.SCRIPT).arg("FLUSH"));

        assertTrue(limiter.admits(charge));
        assertFalse(limiter.admits(charge));
        assertEquals(0, misses(limiter));
    }

    @Test
    void shouldDecideLocallyWhileRedisIsDownAndUseItAgainAfterwards() {
        RateLimitCharge charge = charge(policy("death", 5, 60_000), subject);
        assertTrue(limiter.admits(charge));

        server.kill();

        assertEquals(5, admittedOf(20, charge));
        assertEquals(1, limiter.alone());
        server.start();
        await().atMost(TIMEOUT).until(() -> limiter.alone() == 0);
        // Redis has lost its count, too.
        assertEquals(5, admittedOf(20, charge));
    }

    @Test
    void shouldNeitherWaitForAFrozenRedisNorStopLimiting() throws InterruptedException {
        RateLimitCharge charge = charge(policy("frost", 5, 60_000), subject);
        try (LimiterFixture hasty =
                new LimiterFixture(server.url(), Map.of("heliograph.gateway.limiter.timeout", "100MS")).start()) {
            await().atMost(TIMEOUT).until(() -> hasty.alone() == 0);
            double missedBefore = misses(hasty);
            Processes.signal(server.process(), "STOP");
            int admitted = 0;
            double missed;
            try {
                for (int i = 0; i < 50; i++) {
                    admitted += hasty.admits(charge) ? 1 : 0;
                }
                missed = misses(hasty) - missedBefore;
            } finally {
                Processes.signal(server.process(), "CONT");
            }

            assertEquals(5, admitted);
            // Only the first three requests waited for Redis, each for the timeout.
            assertEquals(3, missed);
            await().atMost(TIMEOUT).until(() -> hasty.alone() == 0);
        }
    }

    @Test
    void shouldAdmitItsShareWithoutRedis() throws InterruptedException {
        try (LimiterFixture third = new LimiterFixture(
                        "redis://localhost:" + FreePorts.next(), Map.of("heliograph.gateway.limiter.replicas", "3"))
                .start()) {
            int admitted = 0;
            for (int i = 0; i < 100; i++) {
                admitted += third.admits(charge(policy("share", 10, 60_000), subject)) ? 1 : 0;
            }

            assertEquals(3, admitted);
            assertTrue(third.admits(charge(policy("one", 1, 60_000), subject)), "never shut");
        }
    }

    private static double misses(LimiterFixture limiter) {
        return limiter.meters
                .get("heliograph.gateway.limits.redis.failures")
                .counter()
                .count();
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private int admittedOf(int requests, RateLimitCharge charge) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += limiter.admits(charge) ? 1 : 0;
        }
        return admitted;
    }

    private static Response redis(Request request) {
        return client.send(request).toCompletionStage().toCompletableFuture().join();
    }
}
