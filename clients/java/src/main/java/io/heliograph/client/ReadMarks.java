package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The end of a room, and the read mark of the caller. Guarded by the lock of the client. */
final class ReadMarks {

    private final String room;
    private final RoomHost host;
    private final Backoff backoff;
    private final Consumer<RoomEvent> publish;

    private long lastSeq;
    private long readSeq;
    /** The mark that the caller has set and the server has not confirmed yet. */
    private long wantedSeq;

    private boolean isSending;
    /** The messages after the read mark that do not count as unread: the caller's own and deleted ones. */
    private final TreeSet<Long> skipped = new TreeSet<>();
    /** The counts of the server, with this mark and up to this message. */
    private long countedReadSeq = -1;

    private long countedLastSeq;
    private long countedUnread;
    private long mentions;
    private long moves;

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

    /** The number of messages of others after the read mark; the server counts to 1,000. */
    long unread() {
        boolean isCounted = readSeq() == countedReadSeq;
        long from = isCounted ? Math.max(countedLastSeq, readSeq()) : readSeq();
        long before = isCounted ? countedUnread : 0;
        return Math.max(
                0, before + lastSeq - from - skipped.tailSet(from, false).size());
    }

    /** The number of these that mention the caller, as far as the server has counted. */
    long mentions() {
        return mentions;
    }

    /** How often the mark has moved. */
    long moves() {
        return moves;
    }

    /** Applies a list that was requested after this number of moves of the mark; null if that is not known. */
    void learn(RoomInfo said, Long movesBefore) {
        grow(said.lastSeq());
        if (said.readSeq() != null) {
            // The mark may have moved back, which only a list shows that was requested after the last move.
            readSeq = Objects.equals(movesBefore, moves) ? said.readSeq() : Math.max(readSeq, said.readSeq());
        }
        if (said.readSeq() != null && said.unread() != null) {
            long mentioning = said.mentions() == null ? 0 : said.mentions();
            counted(said.readSeq(), said.lastSeq(), said.unread(), mentioning);
        }
    }

    /** Records that the room has reached at least this message. */
    void grow(long seq) {
        lastSeq = Math.max(lastSeq, seq);
    }

    /** Excludes a message that is the caller's own or deleted, and that the server has not counted. */
    void skip(long seq) {
        if (seq > readSeq()) {
            skipped.add(seq);
        }
    }

    /** Excludes a deleted message, which the server may have counted. */
    void deleted(long seq) {
        if (seq > readSeq() && skipped.add(seq)) {
            countedUnread -= seq <= countedLastSeq ? 1 : 0;
            count();
        }
    }

    /** Applies counts of the server up to this message. */
    void counted(long atReadSeq, long atLastSeq, long unread, long mentioning) {
        grow(atLastSeq);
        readSeq = Math.max(readSeq, atReadSeq);
        countedReadSeq = atReadSeq;
        countedLastSeq = atLastSeq;
        countedUnread = unread;
        mentions = mentioning;
    }

    void count() {
        skipped.headSet(readSeq(), true).clear();
        publish.accept(new RoomEvent.UnreadChanged(room, unread(), mentions, readSeq(), lastSeq));
    }

    void clear() {
        lastSeq = 0;
        readSeq = 0;
        wantedSeq = 0;
        skipped.clear();
        countedReadSeq = -1;
    }

    /** Moves the mark of the caller. */
    void mark(long seq) {
        if (seq > readSeq()) {
            wantedSeq = seq;
            count();
            send();
        }
    }

    /** To be called for a new connection. */
    void connected() {
        isSending = false;
        send();
    }

    /** Applies a move of a mark of any user, which may be backwards if it is forced. */
    void moved(User user, long seq, boolean isForced) {
        if (user == null || user.id().equals(host.me())) {
            moves++;
            // The server moves a mark at most to the end of the room.
            wantedSeq = isForced ? 0 : Math.min(wantedSeq, Math.max(seq, lastSeq));
            readSeq = isForced ? seq : Math.max(readSeq, seq);
            count();
        }
        publish.accept(new RoomEvent.ReadMarked(room, user, seq, isForced));
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
            moved(null, answer.path("seq").asLong(), false);
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
