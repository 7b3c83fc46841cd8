package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.property.Ledger.Answer;
import io.heliograph.e2e.property.Ledger.Attempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Compares the frames that clients got of one room with the rows of PostgreSQL, after all requests have ended. */
final class Verdict {

    private final UUID room;
    private final Ledger ledger;
    private final ChangeRecorder.Heads heads;
    private final SortedMap<Long, Picture.Entry> messages;
    private final SortedMap<Long, Picture.Entry> changes;
    /** The messages as they were sent. */
    private final Map<Long, Picture.Entry> firsts;

    Verdict(UUID room, Ledger ledger, ChangeRecorder recorder) {
        this.room = room;
        this.ledger = ledger;
        this.heads = recorder.heads(room);
        this.messages = recorder.messages(room);
        this.changes = recorder.changes(room);
        this.firsts = changes.values().stream()
                .collect(Collectors.toMap(Picture.Entry::seq, Function.identity(), (first, later) -> first));
    }

    /** {@code seq} numbers the messages and {@code rev} the changes, from 1 to the head. */
    void assertGapless() {
        assertEquals(upTo(heads.seq()), List.copyOf(messages.keySet()), "seqs");
        assertEquals(upTo(heads.rev()), List.copyOf(changes.keySet()), "revs");
        messages.values().forEach(message -> assertEquals(message, changes.get(message.rev())));
    }

    /** Every acknowledged send is stored once, at its acknowledged place; nothing else is stored. */
    void assertAcknowledged() {
        Map<String, Attempt> attempts =
                attempts().stream().collect(Collectors.toMap(attempt -> attempt.key.clientId(), Function.identity()));
        Map<String, Attempt> missing = new HashMap<>(attempts);
        for (Picture.Entry message : messages.values()) {
            Attempt attempt = missing.remove(message.clientId());
            assertNotNull(attempt, () -> "stored twice, or never sent: " + message);
            Picture.Entry first = firsts.get(message.seq());
            assertEquals(new Answer(first.seq(), first.rev(), first.createdAt()), attempt.answer());
            assertEquals(attempt.key.sender(), first.sender());
            assertEquals(attempt.content, first.content());
        }
        assertEquals(Map.of(), missing, "acknowledged and not stored");
    }

    /** What was acknowledged before another send began comes before it. */
    void assertInOrder() {
        List<Attempt> attempts = new ArrayList<>(attempts());
        attempts.sort(
                (one, other) -> Long.compare(other.answer().seq(), one.answer().seq()));
        Attempt earliest = null;
        for (Attempt attempt : attempts) {
            if (earliest != null && attempt.submitted - earliest.acknowledged() > 0) {
                throw new AssertionError(attempt.answer() + " was sent when " + earliest.answer() + " was stored");
            }
            if (earliest == null || attempt.acknowledged() - earliest.acknowledged() < 0) {
                earliest = attempt;
            }
        }
    }

    /** Acknowledged edits, reactions and deletions are stored. */
    void assertChanged() {
        ledger.changes().stream()
                .filter(change -> change.room().equals(room))
                .forEach(change ->
                        assertEquals(change.seq(), changes.get(change.rev()).seq(), change::toString));
        ledger.deletions().stream()
                .filter(deletion -> deletion.room().equals(room))
                .forEach(deletion -> assertTrue(messages.get(deletion.seq()).deleted(), deletion::toString));
    }

    /** Each frame has the state of the message at its revision, and all together result in the present room. */
    void assertSeen(Picture picture) {
        for (Picture.Entry sent : picture.applied()) {
            assertEquals(changes.get(sent.rev()), sent, "a frame differs from what is stored");
        }
        assertEquals(messages, picture.entries(), "not the room as it is stored");
    }

    int size() {
        return changes.size();
    }

    private List<Attempt> attempts() {
        return ledger.attempts().stream()
                .filter(attempt -> attempt.key.room().equals(room))
                .toList();
    }

    private static List<Long> upTo(long head) {
        return LongStream.rangeClosed(1, head).boxed().toList();
    }
}
