package io.heliograph.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrackerTest {

    private final SequenceTracker continuity = new SequenceTracker(10, 100);

    @Test
    void shouldDeliverChangesThatArriveInOrder() {
        assertThat(revs(continuity.offer(changes(11, 12, 13)))).containsExactly(11L, 12L, 13L);
        assertThat(continuity.rev()).isEqualTo(13);
        assertThat(continuity.hasGap()).isFalse();
    }

    @Test
    void shouldHoldEarlyChangesUntilTheGapIsFilled() {
        assertThat(continuity.offer(changes(12, 13))).isEmpty();
        assertThat(continuity.hasGap()).isTrue();
        assertThat(revs(continuity.offer(changes(11)))).containsExactly(11L, 12L, 13L);
        assertThat(continuity.hasGap()).isFalse();
    }

    @Test
    void shouldDropDeliveredChanges() {
        assertThat(continuity.offer(changes(9, 10))).isEmpty();
        continuity.offer(changes(11));
        assertThat(continuity.offer(changes(11))).isEmpty();
    }

    @Test
    void shouldFillAGapFromTheDatabase() {
        continuity.offer(changes(13, 14, 16));

        // 11 is missing there because a later change of the same message replaced it.
        assertThat(revs(continuity.fill(changes(12, 13), 13, false))).containsExactly(12L, 13L, 14L);

        assertThat(continuity.rev()).isEqualTo(14);
        assertThat(continuity.hasGap()).isTrue();
    }

    @Test
    void shouldNotGoBackOnAnOutdatedRead() {
        continuity.offer(changes(11, 12, 13));
        assertThat(continuity.fill(changes(11), 11, false)).isEmpty();
        assertThat(continuity.rev()).isEqualTo(13);
    }

    @Test
    void shouldHoldChangesBetweenThePartsOfAFill() {
        // 12 was changed again, by 14, which is in the next part.
        assertThat(revs(continuity.fill(changes(11, 13), 13, true))).containsExactly(11L, 13L);
        assertThat(continuity.offer(changes(14, 15))).isEmpty();
        assertThat(continuity.hasGap()).isTrue();
        assertThat(continuity.known()).isEqualTo(10);

        assertThat(revs(continuity.fill(changes(14), 14, false))).containsExactly(14L, 15L);
        assertThat(continuity.known()).isEqualTo(15);
    }

    @Test
    void shouldBoundChangesBehindAGap() {
        SequenceTracker small = new SequenceTracker(0, 2);
        small.offer(changes(5, 6, 7));
        assertThat(revs(small.fill(changes(1, 2, 3, 4), 4, false))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(small.rev()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldDeliverEveryChangeOnceAndInOrderDespiteShuffledRepeatedAndLostOnes(long seed) {
        Random random = new Random(seed);
        int total = 500;
        List<Change> arriving = new ArrayList<>();
        for (long rev = 1; rev <= total; rev++) {
            int copies = random.nextInt(4);
            for (int copy = 0; copy < copies; copy++) {
                arriving.add(change(rev));
            }
        }
        for (int i = 0; i + 20 < arriving.size(); i += 10) {
            Collections.shuffle(arriving.subList(i, i + 20), random);
        }
        SequenceTracker room = new SequenceTracker(0, 50);
        List<Long> passed = new ArrayList<>();
        for (Change change : arriving) {
            passed.addAll(revs(room.offer(List.of(change))));
            if (room.hasGap() && random.nextInt(5) == 0) {
                long upTo = Math.min(total, room.rev() + random.nextInt(30));
                passed.addAll(revs(room.fill(
                        changes(LongStream.rangeClosed(room.rev() + 1, upTo).toArray()), upTo, false)));
            }
        }
        passed.addAll(revs(
                room.fill(changes(LongStream.rangeClosed(room.rev() + 1, total).toArray()), total, false)));

        assertThat(passed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, total).boxed().toList());
    }

    private static List<Change> changes(long... revs) {
        return LongStream.of(revs).mapToObj(SequenceTrackerTest::change).toList();
    }

    private static Change change(long rev) {
        return new Change(rev, 0, new byte[0]);
    }

    private static List<Long> revs(List<Change> changes) {
        return changes.stream().map(Change::rev).toList();
    }
}
