package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

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
    Map<Long, Entry> entries() {
        return entries;
    }

    /** What each frame made of its message, in the order in which they came. */
    List<Entry> applied() {
        return applied;
    }

    /** What comes from here on is of a new join, from where this has come to. */
    void joined() {
        knownBefore = Set.copyOf(entries.keySet());
    }

    void apply(JsonNode frame) {
        long next = frame.get("rev").asLong();
        assertTrue(next > rev, () -> "came after revision " + rev + ": " + frame);
        rev = next;
        long seq = frame.get("seq").asLong();
        String type = frame.get("type").textValue();
        assertFalse(type.equals("message") && knownBefore.contains(seq), () -> "is not new: " + frame);
        Entry entry = type.equals("reaction") ? reacted(entries.get(seq), frame) : whole(frame);
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

    private static Entry reacted(Entry before, JsonNode frame) {
        assertNotNull(before, () -> "a reaction to a message that was not told: " + frame);
        return new Entry(
                before.seq,
                frame.get("rev").asLong(),
                before.sender,
                before.clientId,
                before.content,
                before.createdAt,
                before.deleted,
                counted(
                        before.reactions,
                        frame.get("emoji").textValue(),
                        frame.get("count").asLong()));
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
