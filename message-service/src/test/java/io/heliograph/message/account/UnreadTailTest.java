package io.heliograph.message.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnreadTailTest {

    private final UUID ada = UUID.randomUUID();
    private final UUID grace = UUID.randomUUID();
    private final UnreadTail tail = new UnreadTail(0);

    @Test
    void shouldCountWhatOthersSentAfterTheMark() {
        tail.put(1, ada);
        tail.put(2, grace);
        tail.put(3, ada);
        tail.advance(3, 3);

        assertThat(tail.count(grace, 0).messages()).isEqualTo(2);
        assertThat(tail.count(grace, 1).messages()).isEqualTo(1);
        assertThat(tail.count(grace, 3).messages()).isZero();
        assertThat(tail.count(ada, 0).messages()).isEqualTo(1);
        assertThat(tail.count(UUID.randomUUID(), 0).messages()).isEqualTo(3);
    }

    @Test
    void shouldNotCountWhatIsDeleted() {
        assertThat(tail.put(1, ada)).isTrue();
        assertThat(tail.put(1, ada)).as("edited").isFalse();
        assertThat(tail.put(1, null)).as("deleted").isTrue();
        tail.put(2, null);

        assertThat(tail.count(grace, 0).messages()).isZero();
    }

    @Test
    void shouldTakeMessagesInAnyOrder() {
        tail.put(3, ada);
        tail.put(1, ada);
        assertThat(tail.count(grace, 0).messages()).isEqualTo(2);
        tail.put(2, ada);
        assertThat(tail.count(grace, 0).messages()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheNewestThousand() {
        LongStream.rangeClosed(1, 1_500).forEach(seq -> tail.put(seq, seq == 600 ? null : ada));
        tail.advance(1_500, 1_501);

        assertThat(tail.count(grace, 0).messages()).isEqualTo(999);
        assertThat(tail.count(grace, 1_499).messages()).isEqualTo(1);
        assertThat(tail.reaches(0)).as("the others do not count").isTrue();
    }

    @Test
    void shouldNotReachBeforeItsBeginning() {
        UnreadTail late = new UnreadTail(10);
        late.put(11, ada);
        late.advance(11, 11);

        assertThat(late.reaches(10)).isTrue();
        assertThat(late.reaches(9)).isFalse();
    }
}
