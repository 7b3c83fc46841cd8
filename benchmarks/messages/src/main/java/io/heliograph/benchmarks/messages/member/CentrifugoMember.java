package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.WebSocket;

/**
 * A member of a Centrifugo channel, over the JSON protocol, in which a frame may hold several lines. In a channel with
 * recovery each publication has an offset. A subscription with the last offset returns the publications after it.
 */
public final class CentrifugoMember extends Member {

    private static final byte[] PUSH = Frame.ascii("{\"push\"");
    private static final byte[] CONNECTED = Frame.ascii("{\"id\":1,\"connect\"");
    private static final byte[] SUBSCRIBED = Frame.ascii("{\"id\":2,\"subscribe\"");
    private static final byte[] PUBLISHED = Frame.ascii("{\"id\":3,\"publish\"");
    private static final byte[] PING = Frame.ascii("{}");
    private static final byte[] NUMBER = Frame.field("number");
    private static final byte[] OFFSET = Frame.field("offset");
    private static final byte[] EPOCH = Frame.field("epoch");

    private final String channel;
    private final boolean recovers;
    private String epoch = "";
    private long offset;

    public CentrifugoMember(String room, boolean recovers, Listener listener) {
        super(listener);
        this.channel = (recovers ? "recovered:" : "rooms:") + room;
        this.recovers = recovers;
    }

    @Override
    public void send(long number, String text) {
        sendFrame("{\"id\":3,\"publish\":{\"channel\":\"" + channel + "\",\"data\":{\"number\":" + number
                + ",\"text\":\"" + text + "\"}}}");
    }

    @Override
    void open() {
        sendFrame("{\"id\":1,\"connect\":{}}");
    }

    @Override
    public void frame(WebSocket from, Frame frame) {
        frame.lines(this::line);
    }

    private void line(Frame line) {
        if (line.startsWith(PUSH)) {
            publications(line);
        } else if (line.startsWith(PING)) {
            sendFrame("{}");
        } else if (line.startsWith(CONNECTED)) {
            sendFrame("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + '"'
                    + (epoch.isEmpty() ? "" : ",\"recover\":true,\"epoch\":\"" + epoch + "\",\"offset\":" + offset)
                    + "}}");
        } else if (line.startsWith(SUBSCRIBED)) {
            if (recovers) {
                epoch = line.text(EPOCH);
            }
            joined();
            publications(line);
        } else if (!line.startsWith(PUBLISHED)) {
            throw new IllegalStateException("unexpected: " + line);
        }
    }

    private void publications(Frame line) {
        line.numbers(NUMBER, this::delivered);
        if (recovers) {
            line.numbers(OFFSET, latest -> offset = latest);
        }
    }
}
