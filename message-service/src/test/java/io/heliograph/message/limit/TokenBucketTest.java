package io.heliograph.message.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final AtomicLong now = new AtomicLong();
    private final TokenBucket bucket = new TokenBucket(10, 20, now::get);

    @Test
    void shouldAdmitABurstAndThenNoMoreThanItsRate() {
        assertThat(admitted(100)).isEqualTo(20);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(admitted(100)).isEqualTo(5);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(admitted(100)).isEqualTo(10);
    }

    @Test
    void shouldNotAccumulateMoreThanABurst() {
        now.addAndGet(TimeUnit.DAYS.toNanos(365));
        assertThat(admitted(100)).isEqualTo(20);
    }

    @Test
    void shouldCalculateTheTimeUntilTheNextAdmission() {
        assertThat(bucket.untilAdmitted(1)).isZero();
        admitted(100);
        assertThat(bucket.untilAdmitted(1)).isEqualTo(Duration.ofMillis(100));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(admitted(100)).isEqualTo(1);
    }

    private long admitted(int tries) {
        return IntStream.range(0, tries).filter(i -> bucket.admits()).count();
    }
}
