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
 * Somebody in one room, who comes back after a cut with all that its server needs to tell what was missed. Knows which
 * message was the last, so that none is missing, repeated or out of order without being counted.
 */
public abstract class Member implements WebSocket.Listener {

    /** What its owner wants to know. */
    public interface Listener {

        /** Is in the room, maybe not for the first time. */
        default void joined(Member member) {}

        /** A message came that is later than all before. */
        default void told(Member member, long number) {}

        /** Its server could not store what it said under this number at the moment, and it may say that again. */
        default void refused(Member member, long number) {
            throw new IllegalStateException("message " + number + " was refused");
        }

        /** Its server ended the connection, and it is away. */
        default void lost(Member member, IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static final Pattern RETRY_AFTER =
            Pattern.compile("\r\nretry-after: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    /** Who was sent away without being told when to come again comes after that. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Listener listener;
    private WebSocket socket;
    private boolean joined;
    private boolean coming;
    private long returnsAt;
    private long last;
    private long missed;
    private long repeated;

    Member(Listener listener) {
        this.listener = listener;
    }

    /** Says a message of this number, which its room does not have yet; or again, if it was refused. */
    public abstract void send(long number, String text);

    /** @param source the local address, whose ports it takes; null for any */
    public final void come(Loop loop, InetSocketAddress source, WebSocket.Endpoint endpoint) {
        coming = true;
        WebSocket.open(loop, source, endpoint, this);
    }

    /** Loses its connection, and may come back from that time, as of {@link System#nanoTime}. */
    public final void cut(long returns) {
        socket.cut();
        away(returns);
    }

    public final boolean hasJoined() {
        return joined;
    }

    /** Whether it is neither in the room nor on its way, and may set out. */
    public final boolean isDue(long now) {
        return !coming && !joined && now >= returnsAt;
    }

    /** The number of the latest message it was told; 0 before the first. */
    public final long last() {
        return last;
    }

    /** How many messages were left out so far. */
    public final long missed() {
        return missed;
    }

    /** How many messages came again, or too late. */
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
        away(System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(seconds.group(1))));
    }

    @Override
    public final void lost(WebSocket gone, IOException reason) {
        away(System.nanoTime() + RETRY_NANOS);
        listener.lost(this, reason);
    }

    /** The upgrade is done: time to introduce oneself, unless the server speaks first. */
    void open() {}

    final void say(String json) {
        socket.send(json);
    }

    final void joined() {
        joined = true;
        coming = false;
        listener.joined(this);
    }

    /** Begins behind this message: what is at most that was not missed. */
    final void beginsAfter(long number) {
        last = number;
    }

    final void told(long number) {
        if (number <= last) {
            repeated++;
            return;
        }
        missed += number - last - 1;
        last = number;
        listener.told(this, number);
    }

    final void refused(long number) {
        listener.refused(this, number);
    }

    private void away(long returns) {
        joined = false;
        coming = false;
        returnsAt = returns;
    }
}
