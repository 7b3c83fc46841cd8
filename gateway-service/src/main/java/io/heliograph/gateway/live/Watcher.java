package io.heliograph.gateway.live;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.live.LiveFrames.LiveCloseCode;
import io.heliograph.gateway.live.LiveSubscription.LiveTopic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;

/**
 * One who watches the operations stream. At most one frame of samples is on its way to a watcher: those that are due
 * before it has left are skipped. Used on the event loop of its connection, but for {@link #isAlive} and
 * {@link #drain}.
 */
final class Watcher {

    /** How often it is looked after: a token that ended while watching is noticed within this time. */
    private static final long CHECK_MILLIS = 1_500;

    /** Without a sign of life for so long a watcher does not count any more: samples are not taken for the dead. */
    private static final long ALIVE_NANOS = Duration.ofMillis(4_500).toNanos();

    /** A connection that hung for some seconds may go on; after this it will not. */
    private static final long GONE_NANOS = Duration.ofSeconds(15).toNanos();

    private final Vertx vertx;
    private final Watchers watchers;
    private final LiveTransport transport;
    private final long stallNanos;
    private final long checkTimer;
    private final Context context;

    private LiveSubscription subscription;
    private Iterator<Buffer> history = Collections.emptyIterator();
    /** Null until it has said who it is. */
    private Caller caller;

    private long sampleTimer;
    private boolean sending;
    private long sendingSinceNanos;
    private volatile long aliveNanos = System.nanoTime();
    private volatile boolean closed;

    /** Made on the event loop of the connection. */
    Watcher(Vertx vertx, Watchers watchers, LiveTransport transport, LiveSubscription subscription) {
        this.vertx = vertx;
        this.watchers = watchers;
        this.transport = transport;
        this.subscription = subscription;
        this.stallNanos = watchers.config().stallTimeout().toNanos();
        this.context = vertx.getOrCreateContext();
        this.checkTimer = vertx.setPeriodic(CHECK_MILLIS, timer -> check());
    }

    boolean isConnected() {
        return caller != null;
    }

    /** Whether it is nobody yet, or this caller. */
    boolean admits(Caller authenticated) {
        return caller == null || caller.id().equals(authenticated.id());
    }

    boolean isClosed() {
        return closed;
    }

    /** The first time it begins the stream, later it renews the token. Whether this caller may watch is known. */
    boolean connect(Caller authenticated) {
        if (caller == null && !watchers.enter(this)) {
            close(LiveCloseCode.TOO_MANY_CONNECTIONS);
            return false;
        }
        boolean first = caller == null;
        caller = authenticated;
        if (first) {
            startSamples();
            watchers.view().whenHistoryIsRead(() -> context.runOnContext(ignored -> sendHistory()));
        }
        return true;
    }

    void subscribe(LiveSubscription wanted) {
        subscription = wanted;
        if (isConnected()) {
            vertx.cancelTimer(sampleTimer);
            startSamples();
        }
    }

    /** Whatever came from it. */
    void lifeSeen() {
        boolean counted = isAlive(System.nanoTime());
        aliveNanos = System.nanoTime();
        if (!counted && isConnected()) {
            watchers.changed();
        }
    }

    /** From any thread: whether samples are taken for its sake. */
    boolean isAlive(long nowNanos) {
        return !closed && (!transport.hasPong() || nowNanos - aliveNanos < ALIVE_NANOS);
    }

    /** Sends what answers a frame of its own. */
    void answer(Buffer frame) {
        if (!closed) {
            transport.send(frame);
        }
    }

    /** From any thread. */
    void drain(long reconnectAfterMillis) {
        context.runOnContext(ignored -> {
            answer(LiveFrames.drain(reconnectAfterMillis));
            close(LiveCloseCode.DRAIN);
        });
    }

    void close(LiveCloseCode why) {
        if (!closed) {
            ended();
            transport.close(why);
        }
    }

    /** The connection is closed, from whichever side. */
    void ended() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(sampleTimer);
            vertx.cancelTimer(checkTimer);
            watchers.leave(this);
        }
    }

    private void startSamples() {
        sampleTimer = vertx.setPeriodic(subscription.intervalMillis(), timer -> sample());
        sample();
    }

    private void sample() {
        if (!sending && !closed) {
            send(watchers.view().frame(subscription.topics()));
        }
    }

    private void sendHistory() {
        if (subscription.topics().contains(LiveTopic.SERVICES)) {
            history = watchers.view().history(subscription.intervalMillis());
            if (!sending) {
                sent();
            }
        }
    }

    private void send(Buffer frame) {
        sending = true;
        sendingSinceNanos = System.nanoTime();
        transport.send(frame).onComplete(done -> context.runOnContext(ignored -> sent()));
    }

    private void sent() {
        sending = false;
        if (history.hasNext() && !closed) {
            send(history.next());
        }
    }

    private void check() {
        long now = System.nanoTime();
        LiveCloseCode refusal = isConnected() ? watchers.authentication().refusal(caller) : null;
        if (transport.isClosed()) {
            ended();
        } else if (refusal != null) {
            close(refusal);
        } else if (sending && now - sendingSinceNanos > stallNanos) {
            close(LiveCloseCode.TOO_SLOW);
        } else if (transport.hasPong() && now - aliveNanos > GONE_NANOS) {
            close(LiveCloseCode.HEARTBEAT_MISSED);
        } else {
            transport.ping();
        }
    }
}
