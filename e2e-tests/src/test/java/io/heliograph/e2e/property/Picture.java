package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.Message;
import io.heliograph.client.Reaction;
import io.heliograph.client.RoomEvent.ReactionChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** A room as a client knows it that has applied every frame in the order of arrival. */
final class Picture {

    static final Set<String> CHANGES = Set.of("message", "updated", "deleted", "reaction");

    /** A message as it is now; of one that is deleted only its place is left. */
    record Entry(
            long seq,
            long rev,
            UUID sender,
            String clientId,
            String content,
            Instant createdAt,
            boolean deleted,
            Map<String, Long> reactions) {}

    private final UUID room;
    private final Map<Long, Entry> entries = new TreeMap<>();
    private final List<Entry> applied = new ArrayList<>();
    private Set<Long> knownBefore = Set.of();
    private long rev;

    Picture(UUID room) {
        this.room = room;
    }

    UUID room() {
        return room;
    }

    /** The revision of the last frame: what to come back with. */
    long rev() {
        return rev;
    }

    /** The room's messages by their seq. */
    synchronized Map<Long, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** What each frame made of its message, in the order in which they came. */
    synchronized List<Entry> applied() {
        return List.copyOf(applied);
    }

    /** Later frames belong to a new join, from the current revision. */
    void joined() {
        knownBefore = Set.copyOf(entries.keySet());
    }

    void apply(JsonNode frame) {
        long seq = frame.get("seq").asLong();
        String type = frame.get("type").textValue();
        assertFalse(type.equals("message") && knownBefore.contains(seq), () -> "is not new: " + frame);
        Entry entry = type.equals("reaction")
                ? reacted(
                        seq,
                        frame.get("rev").asLong(),
                        frame.get("emoji").textValue(),
                        frame.get("count").asLong())
                : whole(frame);
        assertTrue(entry.rev > rev, () -> "came after revision " + rev + ": " + frame);
        put(entry);
    }

    /** The state of a message at its event, which may be later than the change that the event is for. */
    synchronized void apply(Message message, boolean isNew) {
        assertEquals(isNew, !entries.containsKey(message.seq()), () -> "is new, or is not: " + message);
        putLater(new Entry(
                message.seq(),
                message.rev(),
                UUID.fromString(message.sender().id()),
                message.clientId(),
                message.content(),
                message.createdAt(),
                message.isDeleted(),
                message.reactions().stream()
                        .collect(Collectors.toMap(Reaction::emoji, reaction -> (long) reaction.count()))));
    }

    synchronized void apply(ReactionChanged change) {
        putLater(reacted(change.seq(), change.rev(), change.emoji(), change.count()));
    }

    private void putLater(Entry entry) {
        Entry before = entries.get(entry.seq);
        if (before == null || entry.rev > before.rev) {
            put(entry);
        }
    }

    private void put(Entry entry) {
        rev = entry.rev;
        entries.put(entry.seq, entry);
        applied.add(entry);
    }

    private static Entry whole(JsonNode frame) {
        return new Entry(
                frame.get("seq").asLong(),
                frame.get("rev").asLong(),
                UUID.fromString(frame.get("sender").get("id").textValue()),
                frame.get("clientId").textValue(),
                frame.path("content").asText(""),
                Instant.parse(frame.get("createdAt").textValue()),
                frame.has("deletedAt"),
                reactions(frame));
    }

    private Entry reacted(long seq, long next, String emoji, long count) {
        Entry before = entries.get(seq);
        assertNotNull(before, () -> "a reaction to a message that was not received: " + seq);
        return new Entry(
                before.seq,
                next,
                before.sender,
                before.clientId,
                before.content,
                before.createdAt,
                before.deleted,
                counted(before.reactions, emoji, count));
    }

    private static Map<String, Long> counted(Map<String, Long> before, String emoji, long count) {
        Map<String, Long> counts = new HashMap<>(before);
        counts.put(emoji, count);
        counts.values().remove(0L);
        return counts;
    }

    private static Map<String, Long> reactions(JsonNode frame) {
        Map<String, Long> counts = new HashMap<>();
        frame.path("reactions")
                .forEach(each -> counts.put(
                        each.get("emoji").textValue(), each.get("count").asLong()));
        return counts;
    }
}
