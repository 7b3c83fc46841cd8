package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Crowd;
import io.heliograph.e2e.testsupport.Follower;
import io.heliograph.e2e.testsupport.Follower.Departure;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new version is rolled out: first one replica is replaced and then the other, while people write and read. */
@ExtendWith(RunningHeliograph.class)
class RollingRestartTest {

    private static final int ON_EACH = 50;

    private final Heliograph heliograph;
    private final Person ada;

    RollingRestartTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldReconnectEachClientOncePerReplicaAndLoseNoMessage() {
        try (Crowd crowd = Crowd.of(heliograph, 4, 5)) {
            List<Follower> first = crowd.follow(0, ON_EACH);
            List<Follower> second = crowd.follow(1, ON_EACH);

            List<Follower> all = Stream.concat(first.stream(), second.stream()).toList();

            replace(crowd, 0, first);
            assertTrue(
                    second.stream().allMatch(follower -> follower.departures().isEmpty()));
            replace(crowd, 1, all);
            crowd.assertComplete(0);

            // Clients that began on the first have been on both.
            assertPaced(first, 2);
            assertPaced(second, 1);
        }
    }

    private void replace(Crowd crowd, int replica, List<Follower> there) {
        ServiceProcess leaving = heliograph.messageProcess(replica);
        int sent = crowd.acknowledged();
        crowd.send(1 - replica, Duration.ofMillis(50));
        await().until(() -> crowd.acknowledged() > sent);

        leaving.terminate();
        try {
            await().pollInterval(Duration.ofMillis(20)).until(() -> !leaving.isReady());
            // It serves callers that do not know of the drain yet.
            heliograph.messages(replica).as(ada).get("/api/rooms").expect(200);
            await().until(() -> there.stream().allMatch(follower -> follower.isOn(1 - replica)));
        } finally {
            leaving.stop();
        }
        leaving.start();
        await().until(leaving::isReady);
        crowd.stopSending();
    }

    private static void assertPaced(List<Follower> followers, int departures) {
        for (Follower follower : followers) {
            assertEquals(departures, follower.departures().size(), follower.departures()::toString);
            assertEquals(List.of(), follower.rejections());
            for (Departure departure : follower.departures()) {
                assertEquals(4000, departure.code());
                long delay = departure.reconnectAfterMillis().orElseThrow();
                assertTrue(delay >= 0 && delay <= 1_000, "a delay of " + delay + " ms");
            }
        }
        for (int each = 0; each < departures; each++) {
            int which = each;
            assertFalse(
                    spread(followers.stream()
                                    .map(follower ->
                                            follower.departures().get(which).atMillis())
                                    .toList())
                            < 500,
                    "closed all at once");
            assertTrue(
                    spread(followers.stream()
                                    .map(follower -> follower.departures()
                                            .get(which)
                                            .reconnectAfterMillis()
                                            .orElseThrow())
                                    .toList())
                            > 200,
                    "all clients were to come back at once");
        }
    }

    private static long spread(List<Long> values) {
        LongSummaryStatistics statistics =
                values.stream().mapToLong(Long::longValue).summaryStatistics();
        return statistics.getMax() - statistics.getMin();
    }
}
