package io.heliograph.gateway.upstream.client;

import io.heliograph.gateway.upstream.client.Connector.ConnectionTarget;
import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire;
import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire.QueuedAcquire;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections to one instance. A connection belongs to an event loop and carries requests of that loop only; the
 * limit counts over all loops. Used on any event loop.
 */
public final class ConnectionPool {

    private final Vertx vertx;
    private final Connector connector;
    private final ConnectionTarget target;
    private final PoolLimits limits;
    private final Map<EventLoop, EventLoopPool> loops = new ConcurrentHashMap<>();
    private final Map<EventLoopPool, LoopShare> shares = new HashMap<>();
    private int open;
    /** Written under the lock; read without it when a connection is released. */
    private volatile int waiting;

    /** The decision for a request for which there is no idle connection. */
    enum AcquireDecision {
        CONNECT,
        QUEUE,
        REJECT
    }

    /** The connections and the waiting requests of one event loop. */
    private static final class LoopShare {
        private final Queue<QueuedAcquire> waiting = new ArrayDeque<>();
        private int open;
    }

    public ConnectionPool(Vertx vertx, Connector connector, ConnectionTarget target, PoolLimits limits) {
        this.vertx = vertx;
        this.connector = connector;
        this.target = target;
        this.limits = limits;
    }

    /** Acquires a connection for a request. Must be called on an event loop, on which the listener is called. */
    public void acquire(UpstreamRequest.Listener listener, HttpMethod method, String uri) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        EventLoopPool pool = loops.get(context.nettyEventLoop());
        if (pool == null) {
            pool = register(context);
        }
        pool.acquire(new PendingAcquire(context, listener, method, uri));
    }

    /** The number of connections that are open or being opened. */
    public synchronized int open() {
        return open;
    }

    /** The number of requests that wait for a connection. */
    public int waiting() {
        return waiting;
    }

    Connector connector() {
        return connector;
    }

    ConnectionTarget target() {
        return target;
    }

    PoolLimits limits() {
        return limits;
    }

    AcquireDecision tryReserve(QueuedAcquire acquire) {
        synchronized (this) {
            LoopShare share = shares.get(acquire.loop());
            if (open < limits.maxConnections()) {
                open++;
                share.open++;
                return AcquireDecision.CONNECT;
            }
            if (waiting >= limits.maxWaiting()) {
                return AcquireDecision.REJECT;
            }
            share.waiting.add(acquire);
            waiting++;
        }
        loops.values().stream().filter(loop -> loop != acquire.loop()).forEach(EventLoopPool::closeIdleForOthers);
        return AcquireDecision.QUEUE;
    }

    /** Removes a waiting request; returns whether it was still waiting. */
    synchronized boolean cancel(QueuedAcquire acquire) {
        boolean waited = shares.get(acquire.loop()).waiting.remove(acquire);
        if (waited) {
            waiting--;
        }
        return waited;
    }

    /**
     * The waiting request of an event loop that gets a released connection; null if none waits, or if a loop with
     * waiting requests has at least two connections fewer. Otherwise connections stay with their loop, since opening
     * one costs more than a request.
     */
    synchronized QueuedAcquire next(EventLoopPool loop) {
        LoopShare share = shares.get(loop);
        boolean stays = !share.waiting.isEmpty() && share.open <= leastConnected().open + 1;
        return stays ? next(share) : null;
    }

    /**
     * A connection of a loop was closed. Returns the request that may open another, on whichever loop; null if none
     * waits.
     */
    synchronized QueuedAcquire connectionClosed(EventLoopPool loop) {
        open--;
        shares.get(loop).open--;
        LoopShare fewest = leastConnected();
        if (fewest == null) {
            return null;
        }
        open++;
        fewest.open++;
        return next(fewest);
    }

    private synchronized QueuedAcquire next(LoopShare share) {
        waiting--;
        return share.waiting.remove();
    }

    /** The loop with the fewest connections of those with waiting requests; null if there is none. */
    private synchronized LoopShare leastConnected() {
        LoopShare fewest = null;
        for (LoopShare share : shares.values()) {
            if (!share.waiting.isEmpty() && (fewest == null || share.open < fewest.open)) {
                fewest = share;
            }
        }
        return fewest;
    }

    private synchronized EventLoopPool register(ContextInternal context) {
        EventLoopPool pool = new EventLoopPool(this, context.unwrap());
        shares.put(pool, new LoopShare());
        loops.put(context.nettyEventLoop(), pool);
        return pool;
    }

    /**
     * The limits of a {@link ConnectionPool}.
     *
     * @param maxConnections connections that are open or being opened
     * @param maxWaiting requests that wait for a connection
     * @param maxWait how long a request may wait
     * @param idle how long an idle connection is kept
     */
    public record PoolLimits(int maxConnections, int maxWaiting, Duration maxWait, Duration idle) {}

    /** All connections are in use, and too many requests wait for one, or this one has waited too long. */
    public static final class PoolExhaustedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        PoolExhaustedException(String message) {
            // Without a stack trace, since it is thrown in large numbers under overload.
            super(message, null, false, false);
        }
    }
}
