package io.heliograph.gateway.upstream.client;

import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire;
import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire.QueuedAcquire;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.SocketAddress;
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

    /** What is done for a request for which there is no idle connection. */
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

    /** Asks for a request on a connection that carries nothing else; on an event loop, where the listener is called. */
    public void acquire(UpstreamRequest.Listener listener, HttpMethod method, String uri) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        EventLoopPool pool = loops.get(context.nettyEventLoop());
        if (pool == null) {
            pool = register(context);
        }
        pool.acquire(new PendingAcquire(context, listener, method, uri));
    }

    /** Connections that are open or being opened. */
    public synchronized int open() {
        return open;
    }

    /** Requests that wait for a connection. */
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

    AcquireDecision tryReserve(QueuedAcquire who) {
        synchronized (this) {
            LoopShare share = shares.get(who.loop());
            if (open < limits.maxConnections()) {
                open++;
                share.open++;
                return AcquireDecision.CONNECT;
            }
            if (waiting >= limits.maxWaiting()) {
                return AcquireDecision.REJECT;
            }
            share.waiting.add(who);
            waiting++;
        }
        loops.values().stream().filter(loop -> loop != who.loop()).forEach(EventLoopPool::closeIdleForOthers);
        return AcquireDecision.QUEUE;
    }

    /** Whether it was still waiting. */
    synchronized boolean cancel(QueuedAcquire who) {
        boolean waited = shares.get(who.loop()).waiting.remove(who);
        if (waited) {
            waiting--;
        }
        return waited;
    }

    /**
     * Who of a loop gets a connection that has become free there; null if nobody waits there, or if another loop waits
     * that would have fewer even then. Short of that none changes its loop, as opening one costs more than a request.
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
        LoopShare poorest = leastConnected();
        if (poorest == null) {
            return null;
        }
        open++;
        poorest.open++;
        return next(poorest);
    }

    private synchronized QueuedAcquire next(LoopShare share) {
        waiting--;
        return share.waiting.remove();
    }

    /** Of the loops that have waiting requests; null if there is none. */
    private synchronized LoopShare leastConnected() {
        LoopShare poorest = null;
        for (LoopShare share : shares.values()) {
            if (!share.waiting.isEmpty() && (poorest == null || share.open < poorest.open)) {
                poorest = share;
            }
        }
        return poorest;
    }

    private synchronized EventLoopPool register(ContextInternal context) {
        EventLoopPool pool = new EventLoopPool(this, context.unwrap());
        shares.put(pool, new LoopShare());
        loops.put(context.nettyEventLoop(), pool);
        return pool;
    }

    /**
     * The address to connect to.
     *
     * @param address with the host whose certificate is due, if it is secure
     * @param authority the value of {@code Host}
     */
    public record ConnectionTarget(SocketAddress address, boolean secure, String authority) {}

    /**
     * The limits of a {@link ConnectionPool}.
     *
     * @param connections that are open or being opened
     * @param waiting requests that wait for one of them
     * @param maxWait how long each may
     * @param idle how long a connection is kept that carries nothing
     */
    public record PoolLimits(int maxConnections, int maxWaiting, Duration maxWait, Duration idle) {}

    /** All connections are in use, and too many requests wait for one, or this one has waited too long. */
    public static final class PoolExhaustedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        PoolExhaustedException(String message) {
            // No stack: it comes in thousands, and when there is too much to do already.
            super(message, null, false, false);
        }
    }
}
