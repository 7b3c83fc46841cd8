package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;

/**
 * A member of a Socket.IO room: protocol 5 over Engine.IO 4, as text. With recovery the server assigns a private id to
 * each session and an offset to each event. A client that reconnects with both restores its session with its rooms and
 * receives the missed events.
 */
public final class SocketIoMember extends Member {

    private static final byte[] OPEN = Frame.ascii("0{");
    private static final byte[] PING = Frame.ascii("2");
    private static final byte[] CONNECTED = Frame.ascii("40{");
    private static final byte[] MESSAGE = Frame.ascii("42[\"message\"");
    private static final byte[] JOINED = Frame.ascii("430");
    private static final byte[] NUMBER = Frame.field("number");
    private static final byte[] PID = Frame.field("pid");

    private final String room;
    private final boolean recovers;
    private String session = "";
    private String offset = "";

    public SocketIoMember(String room, boolean recovers, Listener listener) {
        super(listener);
        this.room = room;
        this.recovers = recovers;
    }

    @Override
    public void send(long number, String text) {
        sendFrame("42[\"send\",\"" + room + "\",{\"number\":" + number + ",\"text\":\"" + text + "\"}]");
    }

    @Override
    public void frame(WebSocket from, Frame frame) {
        if (frame.startsWith(MESSAGE)) {
            message(frame);
        } else if (frame.startsWith(CONNECTED)) {
            connected(frame);
        } else if (frame.startsWith(JOINED)) {
            joined();
        } else if (frame.startsWith(OPEN)) {
            sendFrame(offset.isEmpty() ? "40" : "40{\"pid\":\"" + session + "\",\"offset\":\"" + offset + "\"}");
        } else if (frame.startsWith(PING)) {
            sendFrame("3");
        } else {
            throw new IllegalStateException("unexpected: " + frame);
        }
    }

    private void message(Frame frame) {
        if (recovers) {
            offset = frame.lastText();
        }
        delivered(frame.number(NUMBER));
    }

    /** A restored session is already in its rooms. */
    private void connected(Frame frame) {
        String pid = recovers ? frame.text(PID) : "";
        if (recovers && pid.equals(session)) {
            joined();
        } else {
            session = pid;
            sendFrame("420[\"join\",\"" + room + "\"]");
        }
    }
}
