package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The state of a room in a client. Guarded by the lock of the client. */
final class RoomState {

    /** The shortest time between two typing events. */
    private static final long TYPING_MILLIS = 1_000;

    private final String id;
    private final RoomHost host;
    private final Timeline timeline;
    private final ReadMarks marks;
    private final RoomFeed feed;
    private RoomInfo info;
    private long typedAt = -TYPING_MILLIS;

    RoomState(String id, RoomHost host, Consumer<RoomEvent> publish) {
        this.id = id;
        this.host = host;
        this.timeline = new Timeline(host.maxMessages());
        this.marks = new ReadMarks(id, host, publish);
        this.feed = new RoomFeed(id, host, timeline, marks, publish);
    }

    Timeline timeline() {
        return timeline;
    }

    ReadMarks marks() {
        return marks;
    }

    RoomFeed feed() {
        return feed;
    }

    /** Its data in the last list; null if it was in none, and after the caller has left it. */
    RoomInfo info() {
        return info;
    }

    /** Whether the caller is known to be in it. */
    boolean isMember() {
        return info != null && info.role() != null;
    }

    /** How often the read mark of the caller has moved. */
    long moves() {
        return marks.moves();
    }

    /**
     * Applies the data of a list.
     *
     * @param moves {@link #moves()} at the time of the request of the list; null if that is not known
     */
    void learn(RoomInfo said, Long moves) {
        info = said;
        marks.learn(said, moves);
        feed.learn(said);
        marks.count();
    }

    /** Applies a changed description of the room. */
    void describe(RoomInfo said) {
        info = said;
    }

    /** To be called when the caller is no longer a member, or the room was deleted. */
    void removed() {
        info = null;
        feed.removed();
    }

    /** To be called for a new connection. */
    void connected() {
        feed.connected();
        marks.connected();
    }

    /** To be called when the caller's own message was stored, whether or not the room is followed. */
    void sent(Ack ack) {
        marks.grow(ack.seq());
        marks.skip(ack.seq());
        marks.count();
    }

    void receive(JsonNode frame) {
        feed.receive(frame);
    }

    void typing() {
        long now = host.context().now();
        if (now - typedAt >= TYPING_MILLIS) {
            typedAt = now;
            host.connection().send(Map.of("type", "typing", "room", id));
        }
    }

    void publish(String name, Object data) {
        Map<String, Object> frame = new HashMap<>(Map.of("type", "event", "room", id, "name", name));
        if (data != null) {
            frame.put("data", data);
        }
        host.connection().send(frame);
    }
}
