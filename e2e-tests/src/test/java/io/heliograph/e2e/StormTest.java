package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Crowd;
import io.heliograph.e2e.testsupport.Follower;
import io.heliograph.e2e.testsupport.Follower.Rejection;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Metrics;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica dies with a thousand connections, and all of them come to the other at once while people write. */
@ExtendWith(RunningHeliograph.class)
class StormTest {

    private static final int FOLLOWERS = 1_000;
    private static final int ROOMS = 10;
    private static final String READ = "heliograph_delivery_pages_total{source=\"read\"}";
    private static final String SHARED = "heliograph_delivery_pages_total{source=\"shared\"}";

    private final Heliograph heliograph;

    StormTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldAdmitAThousandReconnectsAtABoundedRateWithSharedReads() {
        try (Crowd crowd = Crowd.of(heliograph, 12, ROOMS)) {
            List<Follower> followers = crowd.follow(1, FOLLOWERS);
            crowd.send(0, Duration.ofMillis(250));
            await().until(() -> crowd.acknowledged() > ROOMS);
            Metrics before = heliograph.metrics(0);

            long killed = System.nanoTime();
            heliograph.messageProcess(1).kill();
            await().until(() -> followers.stream().noneMatch(follower -> follower.isOn(1)));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> followers.stream().allMatch(follower -> follower.isOn(0)));
            long seconds = Duration.ofNanos(System.nanoTime() - killed).toSeconds();
            crowd.assertComplete(0);

            // Everyone opens a socket and joins a room. The first few do so without waiting.
            assertTrue(
                    seconds >= 2 * FOLLOWERS / Heliograph.ARRIVALS_PER_SECOND - 1,
                    "everyone was let in within " + seconds + " s");
            Metrics after = heliograph.metrics(0);
            double read = after.value(READ) - before.value(READ);
            double shared = after.value(SHARED) - before.value(SHARED);
            assertTrue(read > 0 && read < FOLLOWERS / 2.0, read + " pages read and " + shared + " shared");
            rejections(followers).forEach(rejection -> {
                assertEquals(503, rejection.status());
                assertTrue(rejection.retryAfterSeconds().orElseThrow() >= 1);
            });
        }
    }

    /** Without the attempts that got no answer: the replica was being killed, or the client timed out. */
    private static List<Rejection> rejections(List<Follower> followers) {
        return followers.stream()
                .flatMap(follower -> follower.rejections().stream())
                .filter(rejection -> rejection.status() > 0)
                .toList();
    }
}
