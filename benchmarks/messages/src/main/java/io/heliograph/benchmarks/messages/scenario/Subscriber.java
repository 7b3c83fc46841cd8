package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.messages.stack.Person;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A socket in one room, which fails at the first change that is missing, repeated or out of order. */
final class Subscriber implements WebSocket.Listener {

    /** What its owner wants to know. */
    interface Listener {

        void joined();

        /** A message came, and it was the next one. */
        default void told(long rev) {}

        /** A send of this subscriber is on the disk; {@code id} is the one it was given. */
        default void acknowledged(long id, long rev) {}
    }

    /** {@code after} is where it begins, or null for the room's end. */
    record Place(Person person, UUID room, Long after) {}

    private static final byte[] WELCOME = ascii("welcome");
    private static final byte[] JOINED = ascii("joined");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] ACK = ascii("ack");
    private static final byte[] REV = Frame.field("rev");
    private static final byte[] PRESENCE = ascii("presence");
    private static final byte[] ID = Frame.field("id");

    private final Place place;
    private final Listener listener;
    private WebSocket socket;
    private long last;

    Subscriber(Place place, Listener listener) {
        this.place = place;
        this.listener = listener;
    }

    /** Sends a message of which the acknowledgement is told under this id. */
    void send(long id, String content) {
        socket.send("{\"type\":\"send\",\"id\":" + id + ",\"room\":\"" + place.room() + "\",\"clientId\":\"" + id
                + "\",\"content\":\"" + content + "\"}");
    }

    @Override
    public void open(WebSocket opened) {
        socket = opened;
        socket.send("{\"type\":\"connect\",\"token\":\"" + place.person().token() + "\"}");
    }

    @Override
    public void frame(WebSocket from, Frame frame) {
        if (frame.is(MESSAGE)) {
            told(frame.number(REV));
        } else if (frame.is(ACK)) {
            listener.acknowledged(frame.number(ID), frame.number(REV));
        } else if (frame.is(WELCOME)) {
            socket.send("{\"type\":\"join\",\"room\":\"" + place.room() + "\""
                    + (place.after() == null ? "}" : ",\"after\":" + place.after() + "}"));
        } else if (frame.is(JOINED)) {
            last = place.after() == null ? frame.number(REV) : place.after();
            listener.joined();
        } else if (!frame.is(PRESENCE)) {
            throw new IllegalStateException("unexpected: " + frame);
        }
    }

    private void told(long rev) {
        if (rev != last + 1) {
            throw new IllegalStateException("after " + last + " came " + rev + " in room " + place.room());
        }
        last = rev;
        listener.told(rev);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
