package io.heliograph.gateway.live;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.live.LiveFrames.LiveCloseCode;
import io.heliograph.gateway.live.WatchRequest.LiveSubscription;
import io.heliograph.gateway.live.WatchRequest.LiveSubscription.LiveTopic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;

/**
 * A client of the operations stream. At most one frame of samples is in flight; samples that are due before it has been
 * sent are skipped. Used on the event loop of the connection, except {@link #isAlive} and {@link #drain}.
 */
final class Watcher {

    /** The interval of checks, within which an expired or revoked token is detected. */
    private static final long CHECK_MILLIS = 1_500;

    /** A watcher that has sent nothing for this long does not count, so that no samples are taken for it. */
    private static final long ALIVE_NANOS = Duration.ofMillis(4_500).toNanos();

    /** A watcher that has sent nothing for this long is disconnected. */
    private static final long GONE_NANOS = Duration.ofSeconds(15).toNanos();

    private final Vertx vertx;
    private final Watchers watchers;
    private final LiveTransport transport;
    private final long stallNanos;
    private final long checkTimer;
    private final Context context;

    private LiveSubscription subscription;
    private Iterator<Buffer> history = Collections.emptyIterator();
    /** Null until the watcher is authenticated. */
    private Caller caller;

    private long sampleTimer;
    private boolean sending;
    private long sendingSinceNanos;
    private volatile long aliveNanos = System.nanoTime();
    private volatile boolean closed;

    /** Must be created on the event loop of the connection. */
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

    /** Whether the watcher is not authenticated yet, or is this caller. */
    boolean mayBecome(Caller authenticated) {
        return caller == null || caller.id().equals(authenticated.id());
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Starts the stream at the first call, and renews the token later. The caller must be authorized. Returns false if
     * there are too many watchers.
     */
    boolean connect(Caller authenticated) {
        if (caller == null && !watchers.add(this)) {
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

    /** The watcher has sent something. */
    void onActivity() {
        boolean counted = isAlive(System.nanoTime());
        aliveNanos = System.nanoTime();
        if (!counted && isConnected()) {
            watchers.changed();
        }
    }

    /** Whether the watcher counts, so that samples are taken. Called from any thread. */
    boolean isAlive(long nowNanos) {
        return !closed && (!transport.hasPong() || nowNanos - aliveNanos < ALIVE_NANOS);
    }

    /** Sends the response to a frame of the watcher. */
    void respond(Buffer frame) {
        if (!closed) {
            transport.send(frame);
        }
    }

    /** Closes the stream because the gateway drains. Called from any thread. */
    void drain(long reconnectAfterMillis) {
        context.runOnContext(ignored -> {
            respond(LiveFrames.drain(reconnectAfterMillis));
            close(LiveCloseCode.DRAIN);
        });
    }

    void close(LiveCloseCode why) {
        if (!closed) {
            ended();
            transport.close(why);
        }
    }

    /** The connection has been closed by either side. */
    void ended() {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(sampleTimer);
            vertx.cancelTimer(checkTimer);
            watchers.remove(this);
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
