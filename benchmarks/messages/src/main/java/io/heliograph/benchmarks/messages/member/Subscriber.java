package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.messages.stack.Person;
import java.util.UUID;

/** A member of a Heliograph room. It fails at the first change that is missing, repeated or out of order. */
public final class Subscriber extends Member {

    /** {@code after} is the revision to start after, or null for the end of the room. */
    public record Subscription(Person person, UUID room, Long after) {}

    private static final byte[] WELCOME = Frame.ascii("welcome");
    private static final byte[] JOINED = Frame.ascii("joined");
    private static final byte[] MESSAGE = Frame.ascii("message");
    private static final byte[] ACK = Frame.ascii("ack");
    private static final byte[] REV = Frame.field("rev");
    private static final byte[] ID = Frame.field("id");
    private static final byte[] ERROR = Frame.ascii("error");
    private static final byte[] RESYNC = Frame.ascii("resync");
    private static final byte[] CODE = Frame.field("code");

    private final Subscription subscription;
    private boolean hasPosition;
    private boolean refused;

    public Subscriber(Subscription subscription, Listener listener) {
        super(listener);
        this.subscription = subscription;
        if (subscription.after() != null) {
            startAfter(subscription.after());
        }
    }

    /** {@code number} is the expected revision of the message, as long as none was refused. */
    @Override
    public void send(long number, String text) {
        sendFrame("{\"type\":\"send\",\"id\":" + number + ",\"room\":\"" + subscription.room() + "\",\"clientId\":\""
                + number + "\",\"content\":\"" + text + "\"}");
    }

    @Override
    void open() {
        sendFrame("{\"type\":\"connect\",\"token\":\"" + subscription.person().token() + "\"}");
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
            if (!hasPosition) {
                startAfter(frame.number(REV));
            }
            joined();
        } else if (frame.is(ERROR) && frame.text(CODE).equals("store_unavailable")) {
            refused = true;
            refused(frame.number(ID));
        } else if (frame.is(ERROR)) {
            throw new IllegalStateException("unexpected: " + frame);
        }
        // Presence and account events are not measured.
    }

    private void join() {
        sendFrame("{\"type\":\"join\",\"room\":\"" + subscription.room()
                + (hasPosition ? "\",\"after\":" + last() + "}" : "\"}"));
    }

    private void startAfter(long rev) {
        hasPosition = true;
        setLast(rev);
    }

    private void inOrder(long rev) {
        if (rev != last() + 1) {
            throw new IllegalStateException("after " + last() + " came " + rev + " in room " + subscription.room());
        }
        delivered(rev);
    }

    private void acknowledged(long id, long rev) {
        if (id != rev && !refused) {
            throw new IllegalStateException("message " + id + " has become revision " + rev);
        }
    }
}
