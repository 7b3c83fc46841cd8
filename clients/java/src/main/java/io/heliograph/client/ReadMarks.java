package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** How far a room goes, and how far the caller has read it. Guarded by the lock of the client. */
final class ReadMarks {

    private final String room;
    private final RoomHost host;
    private final Backoff backoff;
    private final Consumer<RoomEvent> publish;

    private long lastSeq;
    private long readSeq;
    /** The mark that the caller set, and that the server has not confirmed. */
    private long wantedSeq;

    private boolean isSending;
    /** The caller's own messages after the read mark, which nobody has to read. */
    private final TreeSet<Long> own = new TreeSet<>();

    ReadMarks(String room, RoomHost host, Consumer<RoomEvent> publish) {
        this.room = room;
        this.host = host;
        this.backoff = new Backoff(host.backoff());
        this.publish = publish;
    }

    long lastSeq() {
        return lastSeq;
    }

    long readSeq() {
        return Math.max(readSeq, wantedSeq);
    }

    /** How many messages of others come after the read mark. */
    long unread() {
        return Math.max(0, lastSeq - readSeq() - own.size());
    }

    /** The room has come to this message at least. */
    void grow(long seq) {
        lastSeq = Math.max(lastSeq, seq);
    }

    /** This message is the caller's own. */
    void note(long seq) {
        if (seq > readSeq()) {
            own.add(seq);
        }
    }

    /** The server has come to know that the caller has read so far. */
    void confirm(long seq) {
        readSeq = Math.max(readSeq, seq);
    }

    void count() {
        own.headSet(readSeq(), true).clear();
        publish.accept(new RoomEvent.UnreadChanged(room, unread(), readSeq(), lastSeq));
    }

    void clear() {
        lastSeq = 0;
        readSeq = 0;
        wantedSeq = 0;
        own.clear();
    }

    /** Moves the mark of the caller. */
    void mark(long seq) {
        if (seq > readSeq()) {
            wantedSeq = seq;
            count();
            send();
        }
    }

    /** There is a new connection. */
    void connected() {
        isSending = false;
        send();
    }

    /** A mark moved, maybe that of somebody else. */
    void moved(User user, long seq) {
        if (user == null || user.id().equals(host.me())) {
            // The server moves a mark no further than the room goes.
            wantedSeq = Math.min(wantedSeq, Math.max(seq, lastSeq));
            confirm(seq);
            count();
        }
        publish.accept(new RoomEvent.ReadMarked(room, user, seq));
    }

    private void send() {
        if (wantedSeq > readSeq && !isSending && host.connection().isLive()) {
            isSending = true;
            host.connection().request(Map.of("type", "read", "room", room, "seq", wantedSeq), this::answered);
        }
    }

    private void answered(JsonNode answer) {
        if (answer == null) {
            return;
        }
        if (!Frames.isError(answer)) {
            isSending = false;
            backoff.reset();
            moved(null, answer.path("seq").asLong());
            send();
        } else if (Frames.failure(answer).isTransient()) {
            host.context().schedule(backoff.next(), () -> {
                isSending = false;
                send();
            });
        } else {
            isSending = false;
            wantedSeq = 0;
        }
    }
}
