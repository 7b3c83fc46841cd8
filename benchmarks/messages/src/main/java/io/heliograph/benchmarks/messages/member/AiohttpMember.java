package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;

/** A member of a room of the aiohttp server, which keeps no messages: after a reconnect, messages are missed. */
public final class AiohttpMember extends Member {

    private static final byte[] MESSAGE = Frame.ascii("{\"type\": \"message\"");
    private static final byte[] WELCOME = Frame.ascii("{\"type\": \"welcome\"");
    private static final byte[] JOINED = Frame.ascii("{\"type\": \"joined\"");
    private static final byte[] NUMBER = Frame.field("number");

    private final String room;

    public AiohttpMember(String room, Listener listener) {
        super(listener);
        this.room = room;
    }

    @Override
    public void send(long number, String text) {
        sendFrame("{\"type\":\"send\",\"room\":\"" + room + "\",\"number\":" + number + ",\"text\":\"" + text + "\"}");
    }

    @Override
    public void frame(WebSocket from, Frame frame) {
        if (frame.startsWith(MESSAGE)) {
            delivered(frame.number(NUMBER));
        } else if (frame.startsWith(WELCOME)) {
            sendFrame("{\"type\":\"join\",\"room\":\"" + room + "\"}");
        } else if (frame.startsWith(JOINED)) {
            joined();
        } else {
            throw new IllegalStateException("unexpected: " + frame);
        }
    }
}
