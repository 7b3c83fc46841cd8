package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Balance;
import io.heliograph.e2e.testsupport.Crowd;
import io.heliograph.e2e.testsupport.Follower;
import io.heliograph.e2e.testsupport.Follower.Departure;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One replica is asked to end (SIGTERM) under sockets and requests that come through both gateways. */
@ExtendWith(RunningHeliograph.class)
class DrainTest {

    private static final int ON_EACH = 40;

    /** Beyond the shutdown's delay and timeout: a process that has not ended by then hangs. */
    private static final Duration RESERVE = Duration.ofSeconds(60);

    private final Heliograph heliograph;

    DrainTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        for (ServiceProcess process : List.of(heliograph.gatewayProcess(0), heliograph.messageProcess(1))) {
            process.start();
        }
        heliograph.awaitReady();
    }

    @Test
    void shouldLoseNoMessageAndFailNoRequestWhenAGatewayDrains() {
        List<Departure> departures = drain(heliograph.gatewayProcess(0), Heliograph.GATEWAY_GRACE);

        assertEquals(ON_EACH, departures.size());
        assertSpread(departures.stream().map(Departure::atMillis).toList(), 500, "closed all at once");
    }

    @Test
    void shouldLoseNoMessageAndFailNoRequestWhenAMessageServiceDrains() {
        List<Departure> departures = drain(heliograph.messageProcess(1), Heliograph.MESSAGE_GRACE);

        assertTrue(departures.size() > ON_EACH / 4, departures.size() + " were on it");
        assertSpread(departures.stream().map(Departure::atMillis).toList(), 500, "closed all at once");
        assertSpread(
                departures.stream()
                        .map(departure -> departure.reconnectAfterMillis().orElseThrow())
                        .toList(),
                200,
                "all clients were to come back at once");
    }

    /** Returns the ends of all connections of the drained replica. */
    private List<Departure> drain(ServiceProcess leaving, Duration grace) {
        List<Person> people =
                Stream.of("ada", "bob", "cem", "dot").map(heliograph::person).toList();
        UUID room = heliograph
                .gateway()
                .as(people.get(0))
                .room("private", people.stream().skip(1).toArray(Person[]::new));
        try (Crowd crowd = Crowd.atTheDoor(heliograph, 4, 5);
                Balance balance = new Balance(heliograph, room, people)) {
            List<Follower> followers = Stream.concat(
                            crowd.follow(0, ON_EACH).stream(), crowd.follow(1, ON_EACH).stream())
                    .toList();
            crowd.send(1, Duration.ofMillis(50));
            await().until(() -> crowd.acknowledged() > 50);

            leaving.terminate();
            // It reports that it is unready while it still serves; only requests before its end can see that.
            await().pollInterval(Duration.ofMillis(20)).until(() -> leaving.readiness() == 503);
            await().atMost(grace.plus(RESERVE)).until(() -> !leaving.isAlive());

            int served = balance.served(1);
            await().until(() -> balance.served(1) > served + 50);
            crowd.assertComplete(1);
            assertEquals(List.of(), balance.failures());
            List<Departure> departures = followers.stream()
                    .flatMap(follower -> follower.departures().stream())
                    .toList();
            assertTrue(departures.stream().allMatch(departure -> departure.code() == 4000), departures::toString);
            return departures;
        }
    }

    private static void assertSpread(List<Long> values, long least, String message) {
        long spread = values.stream().mapToLong(Long::longValue).max().orElseThrow()
                - values.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertTrue(spread > least, message + ": within " + spread + " ms");
    }
}
