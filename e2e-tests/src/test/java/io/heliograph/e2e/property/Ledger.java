package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of clients and their responses, to be compared with the rows of PostgreSQL. Used from any thread. */
final class Ledger {

    /** What makes a send take effect once. */
    record Key(UUID room, UUID sender, String clientId) {}

    /** The contents of an acknowledgement, over REST and over the socket. */
    record Answer(long seq, long rev, Instant createdAt) {

        static Answer of(JsonNode body) {
            return new Answer(
                    body.get("seq").asLong(),
                    body.get("rev").asLong(),
                    Instant.parse(body.get("createdAt").textValue()));
        }
    }

    /** A change of a message that was acknowledged with its revision. */
    record Changed(UUID room, long seq, long rev) {}

    /** A place that was acknowledged to be a tombstone. */
    record Deleted(UUID room, long seq) {}

    /** A message that a user has tried to send, maybe several times. Times are those of {@link System#nanoTime}. */
    static final class Attempt {
        final Key key;
        final String content;
        final long submitted = System.nanoTime();
        private Answer answer;
        private long acknowledged;

        private Attempt(Key key, String content) {
            this.key = key;
            this.content = content;
        }

        /** The first answer, or null. */
        synchronized Answer answer() {
            return answer;
        }

        /** When the first answer came; only if there is one. */
        synchronized long acknowledged() {
            return acknowledged;
        }

        /** Whether this is a repeated response, which must equal the first. */
        synchronized boolean answered(Answer given) {
            if (answer != null) {
                assertEquals(answer, given, "another answer to the same send " + key);
                return true;
            }
            answer = given;
            acknowledged = System.nanoTime();
            return false;
        }
    }

    private final Map<Key, Attempt> attempts = new ConcurrentHashMap<>();
    private final Queue<Changed> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Deleted> deletions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repetitions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    Attempt attempt(Key key, String content) {
        Attempt attempt = new Attempt(key, content);
        attempts.put(key, attempt);
        return attempt;
    }

    void acknowledge(Attempt attempt, JsonNode body) {
        acknowledge(attempt, Answer.of(body));
    }

    void acknowledge(Attempt attempt, Answer answer) {
        if (attempt.answered(answer)) {
            repetitions.incrementAndGet();
        }
    }

    void changed(UUID room, JsonNode message) {
        changed(room, message.get("seq").asLong(), message.get("rev").asLong());
    }

    void changed(UUID room, long seq, long rev) {
        changes.add(new Changed(room, seq, rev));
    }

    void deleted(UUID room, long seq) {
        deletions.add(new Deleted(room, seq));
    }

    void failed() {
        failures.incrementAndGet();
    }

    Collection<Attempt> attempts() {
        return attempts.values();
    }

    Collection<Changed> changes() {
        return changes;
    }

    Collection<Deleted> deletions() {
        return deletions;
    }

    /** Sends that were answered again. */
    int repetitions() {
        return repetitions.get();
    }

    /** Calls without a response, or with one that asks to retry. */
    int failures() {
        return failures.get();
    }
}
