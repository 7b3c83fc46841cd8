package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client in one room. After a lost connection it reconnects with the state that its server needs to replay missed
 * messages. It tracks the last message, so that missing, repeated and reordered messages are counted.
 */
public abstract class Member implements WebSocket.Listener {

    /** Receives the events of a member. */
    public interface Listener {

        /** The member has joined the room, possibly after a reconnect. */
        default void joined(Member member) {}

        /** A message was delivered whose number is higher than all before. */
        default void delivered(Member member, long number) {}

        /** The server could not store the message with this number at the moment. It may be sent again. */
        default void refused(Member member, long number) {
            throw new IllegalStateException("message " + number + " was refused");
        }

        /** The server closed the connection. */
        default void lost(Member member, IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static final Pattern RETRY_AFTER =
            Pattern.compile("\r\nretry-after: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    /** The delay before the next attempt when the server sent no Retry-After. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Listener listener;
    private WebSocket socket;
    private boolean joined;
    private boolean connecting;
    private long reconnectAt;
    private long last;
    private long missed;
    private long repeated;

    Member(Listener listener) {
        this.listener = listener;
    }

    /** Sends a message with this number, the next of its room, or a refused message again. */
    public abstract void send(long number, String text);

    /** @param source the local address to bind to; null for any */
    public final void connect(Loop loop, InetSocketAddress source, WebSocket.Endpoint endpoint) {
        connecting = true;
        WebSocket.open(loop, source, endpoint, this);
    }

    /**
     * Cuts the connection.
     *
     * @param reconnectTime the earliest time of a reconnect, as of {@link System#nanoTime}
     */
    public final void cut(long reconnectTime) {
        socket.cut();
        disconnected(reconnectTime);
    }

    public final boolean hasJoined() {
        return joined;
    }

    /** Whether it is neither joined nor connecting, and may connect now. */
    public final boolean isDue(long now) {
        return !connecting && !joined && now >= reconnectAt;
    }

    /** The number of the last delivered message; 0 before the first. */
    public final long last() {
        return last;
    }

    /** The number of messages that were skipped. */
    public final long missed() {
        return missed;
    }

    /** The number of messages that were repeated or late. */
    public final long repeated() {
        return repeated;
    }

    @Override
    public final void open(WebSocket opened) {
        socket = opened;
        open();
    }

    @Override
    public final void refused(WebSocket refusing, String head) {
        Matcher seconds = RETRY_AFTER.matcher(head);
        if (!seconds.find()) {
            throw new IllegalStateException("refused: " + head);
        }
        disconnected(System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(seconds.group(1))));
    }

    @Override
    public final void lost(WebSocket gone, IOException reason) {
        disconnected(System.nanoTime() + RETRY_NANOS);
        listener.lost(this, reason);
    }

    /** Called after the upgrade, to authenticate. Empty if the server sends the first frame. */
    void open() {}

    final void sendFrame(String json) {
        socket.send(json);
    }

    final void joined() {
        joined = true;
        connecting = false;
        listener.joined(this);
    }

    /** Sets the last message before the first delivery. Messages up to it do not count as missed. */
    final void setLast(long number) {
        last = number;
    }

    final void delivered(long number) {
        if (number <= last) {
            repeated++;
            return;
        }
        missed += number - last - 1;
        last = number;
        listener.delivered(this, number);
    }

    final void refused(long number) {
        listener.refused(this, number);
    }

    private void disconnected(long reconnectTime) {
        joined = false;
        connecting = false;
        reconnectAt = reconnectTime;
    }
}
