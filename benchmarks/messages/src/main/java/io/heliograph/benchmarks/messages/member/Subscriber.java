package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.messages.stack.Person;
import java.util.UUID;

/** A member at Heliograph, which fails at the first change that is missing, repeated or out of order. */
public final class Subscriber extends Member {

    /** {@code after} is where it begins, or null for the room's end. */
    public record Place(Person person, UUID room, Long after) {}

    private static final byte[] WELCOME = Frame.ascii("welcome");
    private static final byte[] JOINED = Frame.ascii("joined");
    private static final byte[] MESSAGE = Frame.ascii("message");
    private static final byte[] ACK = Frame.ascii("ack");
    private static final byte[] REV = Frame.field("rev");
    private static final byte[] ID = Frame.field("id");
    private static final byte[] ERROR = Frame.ascii("error");
    private static final byte[] RESYNC = Frame.ascii("resync");
    private static final byte[] CODE = Frame.field("code");

    private final Place place;
    private boolean knowsPlace;
    private boolean refused;

    public Subscriber(Place place, Listener listener) {
        super(listener);
        this.place = place;
        if (place.after() != null) {
            beginAfter(place.after());
        }
    }

    /** The number is that of the revision it has to become, for as long as none was refused. */
    @Override
    public void send(long number, String text) {
        say("{\"type\":\"send\",\"id\":" + number + ",\"room\":\"" + place.room() + "\",\"clientId\":\"" + number
                + "\",\"content\":\"" + text + "\"}");
    }

    @Override
    void open() {
        say("{\"type\":\"connect\",\"token\":\"" + place.person().token() + "\"}");
    }

    @Override
    public void frame(WebSocket from, Frame frame) {
        if (frame.is(MESSAGE)) {
            inOrder(frame.number(REV));
        } else if (frame.is(ACK)) {
            acknowledged(frame.number(ID), frame.number(REV));
        } else if (frame.is(WELCOME) || frame.is(RESYNC)) {
            join();
        } else if (frame.is(JOINED)) {
            if (!knowsPlace) {
                beginAfter(frame.number(REV));
            }
            joined();
        } else if (frame.is(ERROR) && frame.text(CODE).equals("store_unavailable")) {
            refused = true;
            refused(frame.number(ID));
        } else if (frame.is(ERROR)) {
            throw new IllegalStateException("unexpected: " + frame);
        }
        // Presence and events of the account are not what is measured.
    }

    private void join() {
        say("{\"type\":\"join\",\"room\":\"" + place.room() + (knowsPlace ? "\",\"after\":" + last() + "}" : "\"}"));
    }

    private void beginAfter(long rev) {
        knowsPlace = true;
        beginsAfter(rev);
    }

    private void inOrder(long rev) {
        if (rev != last() + 1) {
            throw new IllegalStateException("after " + last() + " came " + rev + " in room " + place.room());
        }
        told(rev);
    }

    private void acknowledged(long id, long rev) {
        if (id != rev && !refused) {
            throw new IllegalStateException("message " + id + " has become revision " + rev);
        }
    }
}
