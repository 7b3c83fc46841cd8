package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {

    private static final int READERS = 5;

    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final ReadingPace pace = new ReadingPace(sending::get, READERS);

    @Test
    void shouldLetReadersWorkHalfOfTheTimeWhileClientsSend() {
        long worked = 4;

        long pause = pace.pauseMillis(TimeUnit.MILLISECONDS.toNanos(worked));

        assertThat((double) READERS * worked / (worked + pause)).isEqualTo(0.5);
    }

    @Test
    void shouldBoundThePause() {
        assertThat(pace.pauseMillis(TimeUnit.MINUTES.toNanos(1))).isEqualTo(ReadingPace.MAX_PAUSE_MILLIS);
    }

    @Test
    void shouldNotPauseWithoutSends() {
        sending.set(false);

        assertThat(pace.pauseMillis(TimeUnit.SECONDS.toNanos(1))).isZero();
    }
}
