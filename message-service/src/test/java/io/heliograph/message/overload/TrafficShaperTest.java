package io.heliograph.message.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrafficShaperTest {

    private static final OverloadConfig CONFIG = Settings.of(
            OverloadConfig.class,
            Map.of(
                    "heliograph.overload.min-rate", "100",
                    "heliograph.overload.max-waiting", "100",
                    "heliograph.overload.max-wait", "2S",
                    "heliograph.overload.max-retry-after", "10S"));

    private final AtomicLong now = new AtomicLong();
    private final List<Integer> bounds = new ArrayList<>();
    /** At 500 a second, 10 of them at once. */
    private final TrafficShaper shaper = new TrafficShaper(CONFIG, 500, now::get, this::last);

    private final List<String> admitted = new ArrayList<>();
    private final List<Duration> rejected = new ArrayList<>();

    @Test
    void shouldAdmitABurstAtOnceAndTheRestAtTheRateInTheirOrder() {
        open(60);
        assertThat(admitted).hasSize(10);

        for (int tick = 1; tick <= 10; tick++) {
            pass(10);
            assertThat(admitted).hasSize(10 + 5 * tick);
        }

        assertThat(admitted).isSortedAccordingTo((one, other) -> number(one) - number(other));
        assertThat(rejected).isEmpty();
    }

    @Test
    void shouldNotAccumulateABurst() {
        open(10);
        pass(10_000);
        open(60);

        assertThat(admitted).hasSize(20);
    }

    @Test
    void shouldAdmitTheMinimumForTheElapsedTimeWhenCalledLate() {
        open(110);
        pass(300);
        assertThat(admitted).hasSize(10 + 30);

        pass(10_000);
        assertThat(admitted).hasSize(110);
    }

    @Test
    void shouldBeDelayingUntilAllAreAdmittedOrCouldReturn() {
        open(10);
        assertThat(shaper.isDelaying()).isFalse();

        open(200);
        assertThat(rejected).hasSize(100);
        for (int tick = 0; tick < 20; tick++) {
            assertThat(shaper.isDelaying()).isTrue();
            pass(10);
        }

        assertThat(admitted).hasSize(10 + 100);
        assertThat(shaper.isDelaying()).isFalse();
    }

    @Test
    void shouldAdmitJoinsAndOpeningsInTurnsWhileBothWait() {
        open(10 + 20);
        join(20);
        assertThat(admitted).hasSize(10);

        pass(20);

        assertThat(admitted.subList(10, 20))
                .filteredOn(name -> name.startsWith("join"))
                .hasSize(5);
        pass(20);
        pass(20);
        pass(20);
        assertThat(admitted).hasSize(50);
    }

    @Test
    void shouldRejectArrivalsOverTheQueueBoundAndAfterTheMaximumWait() {
        open(10 + 100 + 7);
        assertThat(rejected).hasSize(7);

        shaper.rate(1);
        pass(1_999);
        assertThat(rejected).hasSize(7);
        pass(1);

        assertThat(rejected).hasSizeGreaterThan(100);
        assertThat(rejected.size() + admitted.size()).isEqualTo(117);
    }

    @Test
    void shouldNeverRejectJoins() {
        shaper.rate(1);
        open(1);
        join(300);
        pass(60_000);

        assertThat(rejected).isEmpty();
        assertThat(shaper.waiting(Arrival.Kind.JOIN)).isPositive();
    }

    @Test
    void shouldSkipClientsThatHaveDisconnected() {
        open(10);
        for (int i = 0; i < 50; i++) {
            shaper.arrive(new Client("gone", Arrival.Kind.OPENING, false));
        }
        open(5);
        pass(10);

        assertThat(admitted).hasSize(15).doesNotContain("gone");
    }

    @Test
    void shouldSpreadRetryAfterOverTheTimeOfAdmission() {
        open(110);
        assertThat(bounds).isEmpty();

        // The last of 2,000 returns within 1 + 2 * 2,000 / 500 s at the latest.
        open(2_000);
        assertThat(bounds).isSorted().first().isEqualTo(1);
        assertThat(rejected.get(1_999)).isEqualTo(Duration.ofSeconds(8));
        open(10_000);
        assertThat(rejected.get(11_999)).isEqualTo(CONFIG.maxRetryAfter());
        pass(60_000);
        rejected.clear();
        open(1_000);
        assertThat(rejected).hasSizeGreaterThan(800).first().isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldRejectAllOpeningsWhileDraining() {
        open(50);
        join(3);

        shaper.rejectOpenings();

        assertThat(rejected).hasSize(40);
        pass(10);
        assertThat(admitted).hasSize(13).contains("join 2");
    }

    @Test
    void shouldReportWhetherItsRateWasUsedUp() {
        open(10);
        assertThat(shaper.takeUsedUp()).isFalse();
        open(1);
        pass(2);
        assertThat(shaper.takeUsedUp()).isTrue();
        assertThat(shaper.takeUsedUp()).isFalse();
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            shaper.arrive(new Client("opening " + i, Arrival.Kind.OPENING, true));
        }
    }

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            shaper.arrive(new Client("join " + i, Arrival.Kind.JOIN, true));
        }
    }

    private void pass(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        shaper.release();
    }

    /** The largest. */
    private int last(int bound) {
        bounds.add(bound);
        return bound - 1;
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.indexOf(' ') + 1));
    }

    private final class Client implements Arrival {
        private final String name;
        private final Kind kind;
        private final boolean present;

        Client(String name, Kind kind, boolean present) {
            this.name = name;
            this.kind = kind;
            this.present = present;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public void admit() {
            admitted.add(name);
        }

        @Override
        public void reject(Duration retryAfter) {
            rejected.add(retryAfter);
        }

        @Override
        public boolean isPresent() {
            return present;
        }
    }
}
