package io.heliograph.message.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloodGateTest {

    private final AtomicLong now = new AtomicLong();
    private final FloodGate gate = new FloodGate(10, 20, now::get);

    @Test
    void shouldAdmitABurstAndThenNoMoreThanItsRate() {
        assertThat(admitted(100)).isEqualTo(20);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(admitted(100)).isEqualTo(5);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(admitted(100)).isEqualTo(10);
    }

    @Test
    void shouldNotSaveUpMoreThanABurst() {
        now.addAndGet(TimeUnit.DAYS.toNanos(365));
        assertThat(admitted(100)).isEqualTo(20);
    }

    private long admitted(int tries) {
        return IntStream.range(0, tries).filter(i -> gate.admits()).count();
    }
}
