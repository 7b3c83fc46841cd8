package io.heliograph.message.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate and queue on a machine that serves so many clients a second, in virtual time, when many come within a second. */
class OverloadSimulationTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

    private final Random random = new Random(1);
    private final PriorityQueue<Long> arrivals = new PriorityQueue<>();
    private OverloadConfig config;
    private AdaptiveRate rate;
    private TrafficShaper shaper;
    private long now;
    /** Clients that were admitted and not served. */
    private double backlog;

    private double worstDelaySeconds;
    private int admitted;

    /** All clients are admitted in little more time than the machine needs, and admitted clients wait briefly. */
    @ParameterizedTest
    @CsvSource({"5000, 8000, 2000, 1.3", "5000, 3000, 2000, 2.5", "20000, 3000, 2000, 20", "2000, 700, 500, 5"})
    void shouldAdmitAllClientsAtTheCapacityOfTheMachine(int clients, int capacity, int minRate, double seconds) {
        config = Settings.of(OverloadConfig.class, Map.of("heliograph.overload.min-rate", "" + minRate));
        rate = new AdaptiveRate(config);
        shaper = new TrafficShaper(config, rate.perSecond(), () -> now, random::nextInt);
        for (int i = 0; i < clients; i++) {
            arrivals.add((long) (random.nextDouble() * TimeUnit.SECONDS.toNanos(1)));
        }

        while (admitted < clients) {
            tick(capacity);
            assertThat(now / 1e9).as("%d of %d are in", admitted, clients).isLessThan(seconds);
        }

        assertThat(worstDelaySeconds).isLessThan(0.4);
    }

    private void tick(int capacity) {
        now += TICK;
        while (!arrivals.isEmpty() && arrivals.peek() <= now) {
            arrivals.remove();
            shaper.arrive(new Client());
        }
        shaper.release();
        backlog = Math.max(0, backlog - capacity * TICK / 1e9);
        worstDelaySeconds = Math.max(worstDelaySeconds, backlog / capacity);
        if (now % INTERVAL == 0) {
            boolean congested = backlog / capacity > config.maxLag().toNanos() / 1e9;
            rate.adjust(congested, shaper.takeUsedUp());
            shaper.rate(rate.perSecond());
        }
    }

    private final class Client implements Arrival {

        @Override
        public Kind kind() {
            return Kind.OPENING;
        }

        @Override
        public void admit() {
            admitted++;
            backlog++;
        }

        @Override
        public void reject(Duration retryAfter) {
            arrivals.add(now + retryAfter.toNanos());
        }

        @Override
        public boolean isPresent() {
            return true;
        }
    }
}
