package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What two gateways admit together; jobs allow a hundred requests of one person in an hour. */
@ExtendWith(RunningHeliograph.class)
class LimitTest {

    private static final int LIMIT = 100;

    private final Heliograph heliograph;

    LimitTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeEach
    void awaitRedis() {
        await().until(() -> alone() == 0);
    }

    @AfterEach
    void revive() {
        Processes.signal(heliograph.redis().process(), "CONT");
        heliograph.revive();
    }

    @Test
    void shouldAdmitExactlyTheLimitOverTwoGateways() {
        Person ada = heliograph.person("ada");

        List<Reply> replies = ask(ada, 400);

        assertEquals(LIMIT, admitted(replies));
        replies.stream().filter(LimitTest::exceedsTheLimit).forEach(reply -> {
            assertEquals(429, reply.status());
            assertTrue(
                    Integer.parseInt(reply.headers().firstValue("Retry-After").orElseThrow()) > 30);
        });
    }

    @Test
    void shouldLimitWithoutDelayWhileRedisIsFrozen() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        Processes.signal(heliograph.redis().process(), "STOP");

        ask(ada, 200);
        // By now each event loop of each gateway has detected it; the next requests wait for nothing.
        await().until(() -> {
            ask(ada, 50);
            return alone() > 0;
        });
        List<Reply> replies = ask(grace, 400);
        double missed = missed();
        for (int i = 0; i < LIMIT; i++) {
            ask(grace, 2);
        }

        assertTrue(admitted(replies) <= LIMIT && admitted(replies) >= LIMIT / 2, admitted(replies) + " admitted");
        assertTrue(missed() - missed < LIMIT, missed() - missed + " commands of Redis were waited for");
        Processes.signal(heliograph.redis().process(), "CONT");
        await().until(() -> alone() == 0);
        assertEquals(LIMIT, admitted(ask(heliograph.person("alan"), 300)));
    }

    @Test
    void shouldLimitWhileRedisIsDownAndShareTheLimitAgainAfterwards() {
        Person ada = heliograph.person("ada");
        heliograph.redis().kill();

        long admitted = admitted(ask(ada, 400));

        assertEquals(LIMIT, admitted);
        heliograph.redis().start();
        await().until(() -> alone() == 0);
        assertEquals(LIMIT, admitted(ask(heliograph.person("grace"), 300)));
    }

    /** As many requests at once, by both gateways in turn. */
    private List<Reply> ask(Person person, int requests) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            calls.add(heliograph.gateway(i % 2).as(person).call("GET", "/api/jobs", null));
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static long admitted(List<Reply> replies) {
        return replies.stream().filter(reply -> !exceedsTheLimit(reply)).count();
    }

    /** By the code, since an admitted request may still get {@code 429 too_many_in_flight} on a slow machine. */
    private static boolean exceedsTheLimit(Reply reply) {
        return reply.code().equals("rate_limited");
    }

    private double alone() {
        return sum("heliograph_gateway_limits_local");
    }

    /** Commands of Redis that timed out. */
    private double missed() {
        return sum("heliograph_gateway_limits_redis_failures_total");
    }

    private double sum(String series) {
        return heliograph.gatewayMetrics(0).value(series)
                + heliograph.gatewayMetrics(1).value(series);
    }
}
