package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final User OTHER = new User("other", "other", "Other", false, false);

    @Test
    void shouldKeepTheLaterStateOfAMessageInAnyOrderOfArrival() {
        Timeline timeline = joined(0, 100);

        timeline.put(message(1, 5), true);
        timeline.put(message(1, 3), false);

        assertEquals("1@5", timeline.find(1).content());
    }

    @Test
    void shouldApplyChangesThatArriveWhileAPageIsRead() {
        Timeline timeline = joined(3, 100);
        timeline.put(message(2, 10), false);
        timeline.react(new ReactionChange(3, 11, "👍", 2, false, true));
        timeline.react(new ReactionChange(1, 1, "👍", 9, false, true));

        timeline.prepend(List.of(message(3, 3), message(2, 2), message(1, 1)));

        assertEquals(List.of(1L, 2L, 3L), seqs(timeline));
        assertEquals("2@10", timeline.find(2).content());
        assertEquals(List.of(new Reaction("👍", 2, false)), timeline.find(3).reactions());
        assertEquals(List.of(), timeline.find(1).reactions());
    }

    @Test
    void shouldInsertALateMessageInOrder() {
        Timeline timeline = joined(0, 100);

        putNew(timeline, 1, 2, 4);
        timeline.put(message(3, 9), true);

        assertEquals(List.of(1L, 2L, 3L, 4L), seqs(timeline));
    }

    @Test
    void shouldBeginWhereTheReplayBeginsWithoutAGap() {
        Timeline timeline = joined(10, 100);

        putNew(timeline, 6, 7);
        timeline.put(message(5, 20), true);
        timeline.put(message(2, 21), true);

        assertEquals(List.of(5L, 6L, 7L), seqs(timeline));
        assertEquals(5, timeline.floor());
    }

    @Test
    void shouldDropTheOldestMessagesOverItsBound() {
        Timeline timeline = joined(0, 3);

        putNew(timeline, 1, 2, 3, 4, 5);
        assertEquals(List.of(3L, 4L, 5L), seqs(timeline));
        assertEquals(3, timeline.floor());

        timeline.prepend(List.of(message(2, 2), message(1, 1)));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs(timeline));
    }

    @Test
    void shouldKeepTheReactionsOfTheCallerThatFramesLeaveOut() {
        Timeline timeline = joined(0, 100);
        timeline.put(message(1, 1), true);

        timeline.react(new ReactionChange(1, 2, "👍", 1, true, true));
        timeline.react(new ReactionChange(1, 3, "👍", 2, false, true));
        timeline.put(message(1, 4).with(4, List.of(new Reaction("👍", 2, false))), false);
        assertEquals(List.of(new Reaction("👍", 2, true)), timeline.find(1).reactions());

        timeline.react(new ReactionChange(1, 5, "👍", 1, true, false));
        assertEquals(List.of(new Reaction("👍", 1, false)), timeline.find(1).reactions());
        timeline.react(new ReactionChange(1, 6, "👍", 0, false, false));
        assertEquals(List.of(), timeline.find(1).reactions());
    }

    @Test
    void shouldForgetChangesOfMessagesThatAreNotLoaded() {
        Timeline timeline = joined(2_000, 100);
        LongStream.rangeClosed(1, 1_500).forEach(seq -> timeline.put(message(seq, 5_000 + seq), false));

        timeline.prepend(List.of(message(2_000, 2_000), message(1_500, 1_500), message(1, 1)));

        assertEquals(
                List.of("1@1", "1500@6500", "2000@2000"),
                timeline.messages().stream().map(Message::content).toList());
    }

    private static Timeline joined(long seq, int max) {
        Timeline timeline = new Timeline(max);
        timeline.floor(seq + 1);
        return timeline;
    }

    private static void putNew(Timeline timeline, long... seqs) {
        Arrays.stream(seqs).forEach(seq -> timeline.put(message(seq, seq), true));
    }

    private static Message message(long seq, long rev) {
        return new Message(
                "room",
                seq,
                rev,
                OTHER,
                "c" + seq,
                seq + "@" + rev,
                Instant.EPOCH,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static List<Long> seqs(Timeline timeline) {
        return timeline.messages().stream().map(Message::seq).toList();
    }
}
