package io.heliograph.message.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnreadTailTest {

    private final UUID ada = UUID.randomUUID();
    private final UUID grace = UUID.randomUUID();
    private final UnreadTail tail = new UnreadTail(0);

    @Test
    void shouldCountMessagesOfOthersAfterTheMark() {
        tail.put(1, ada, List.of());
        tail.put(2, grace, List.of());
        tail.put(3, ada, List.of());
        tail.advance(3, 3);

        assertThat(tail.count(grace, 0).messages()).isEqualTo(2);
        assertThat(tail.count(grace, 1).messages()).isEqualTo(1);
        assertThat(tail.count(grace, 3).messages()).isZero();
        assertThat(tail.count(ada, 0).messages()).isEqualTo(1);
        assertThat(tail.count(UUID.randomUUID(), 0).messages()).isEqualTo(3);
    }

    @Test
    void shouldNotCountDeletedMessages() {
        assertThat(tail.put(1, ada, List.of())).isTrue();
        assertThat(tail.put(1, ada, List.of())).as("edited").isFalse();
        assertThat(tail.put(1, null, List.of())).as("deleted").isTrue();
        tail.put(2, null, List.of());

        assertThat(tail.count(grace, 0).messages()).isZero();
    }

    @Test
    void shouldCountMessagesThatMentionTheMember() {
        tail.put(1, ada, List.of(ada, grace));
        tail.put(2, ada, List.of(grace));
        tail.put(3, ada, List.of());
        tail.advance(3, 3);

        assertThat(tail.count(grace, 0)).isEqualTo(new Unread(3, 2));
        assertThat(tail.count(grace, 1)).isEqualTo(new Unread(2, 1));
        assertThat(tail.count(ada, 0)).as("by oneself").isEqualTo(new Unread(0, 0));
        tail.put(1, null, List.of());
        assertThat(tail.count(grace, 0)).as("deleted").isEqualTo(new Unread(2, 1));
    }

    @Test
    void shouldCountMentionsOfAnEdit() {
        tail.put(1, ada, List.of());

        assertThat(tail.put(1, ada, List.of(grace))).isTrue();
        assertThat(tail.put(1, ada, List.of(grace))).as("no other mention").isFalse();
        assertThat(tail.count(grace, 0).mentions()).isEqualTo(1);
        assertThat(tail.put(1, ada, List.of())).isTrue();
        assertThat(tail.count(grace, 0).mentions()).isZero();
    }

    @Test
    void shouldAcceptMessagesInAnyOrder() {
        tail.put(3, ada, List.of());
        tail.put(1, ada, List.of());
        assertThat(tail.count(grace, 0).messages()).isEqualTo(2);
        tail.put(2, ada, List.of());
        assertThat(tail.count(grace, 0).messages()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheNewestThousand() {
        LongStream.rangeClosed(1, 1_500)
                .forEach(seq -> tail.put(seq, seq == 600 ? null : ada, seq % 500 == 0 ? List.of(grace) : List.of()));
        tail.advance(1_500, 1_501);

        assertThat(tail.count(grace, 0).messages()).isEqualTo(999);
        assertThat(tail.count(grace, 1_499).messages()).isEqualTo(1);
        assertThat(tail.count(grace, 0).mentions()).isEqualTo(2);
        assertThat(tail.reaches(0)).as("the others do not count").isTrue();
    }

    @Test
    void shouldNotReachMarksBeforeItsBeginning() {
        UnreadTail late = new UnreadTail(10);
        late.put(11, ada, List.of());
        late.advance(11, 11);

        assertThat(late.reaches(10)).isTrue();
        assertThat(late.reaches(9)).isFalse();
    }
}
