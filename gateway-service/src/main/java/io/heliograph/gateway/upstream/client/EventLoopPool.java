package io.heliograph.gateway.upstream.client;

import io.heliograph.gateway.upstream.client.ConnectionPool.PoolExhaustedException;
import io.heliograph.gateway.upstream.client.ConnectionPool.PoolLimits;
import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire.QueuedAcquire;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The part of a {@link ConnectionPool} on one event loop. Used on that event loop. */
final class EventLoopPool {

    /** How often idle connections are checked for expiry. */
    private static final long SWEEP_SECONDS = 1;

    private final ConnectionPool pool;
    private final ContextInternal context;

    /** Idle connections, the most recently used last. It is reused first, so that the others expire. */
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

    private boolean sweepScheduled;

    EventLoopPool(ConnectionPool pool, ContextInternal context) {
        this.pool = pool;
        this.context = context;
    }

    CharSequence authority() {
        return pool.target().authority();
    }

    PoolLimits limits() {
        return pool.limits();
    }

    void acquire(PendingAcquire acquire) {
        UpstreamConnection usable = usable();
        if (usable != null) {
            acquire.succeed(usable);
            return;
        }
        QueuedAcquire waiting = new QueuedAcquire(acquire, this);
        switch (pool.tryReserve(waiting)) {
            case CONNECT -> connect(acquire);
            case QUEUE -> await(waiting, acquire);
            case REJECT -> acquire.fail(new PoolExhaustedException("too many wait for a connection"));
        }
    }

    /** A connection has completed its request and can be reused. */
    void release(UpstreamConnection connection) {
        QueuedAcquire next = pool.waiting() == 0 ? null : pool.next(this);
        if (next != null) {
            next.end().succeed(connection);
        } else if (pool.waiting() == 0) {
            addIdle(connection);
        } else {
            // Another event loop needs a connection, and can open it once this one is closed.
            connection.close();
        }
    }

    /** A connection has been closed, or could not be opened. */
    void closed(UpstreamConnection connection) {
        idle.remove(connection);
        slotFreed();
    }

    /** Closes an idle connection, since another event loop waits for one. Called on that event loop. */
    void closeIdleForOthers() {
        loop().execute(() -> {
            if (pool.waiting() > 0 && !idle.isEmpty()) {
                idle.getFirst().close();
            }
        });
    }

    private UpstreamConnection usable() {
        long now = idle.isEmpty() ? 0 : System.nanoTime();
        while (!idle.isEmpty()) {
            UpstreamConnection last = idle.removeLast();
            if (!last.isExpired(now)) {
                return last;
            }
            last.close();
        }
        return null;
    }

    private void connect(PendingAcquire acquire) {
        // The connection must not use the context of the request, which it outlives.
        context.dispatch(() -> pool.connector().connect(pool.target(), this).onComplete(connected -> {
            if (connected.succeeded()) {
                acquire.succeed(connected.result());
            } else {
                slotFreed();
                acquire.fail(connected.cause());
            }
        }));
    }

    private void slotFreed() {
        QueuedAcquire next = pool.connectionClosed(this);
        if (next != null) {
            EventLoopPool other = next.loop();
            other.loop().execute(() -> other.connect(next.end()));
        }
    }

    private void await(QueuedAcquire waiting, PendingAcquire acquire) {
        waiting.until(loop().schedule(
                        () -> {
                            if (pool.cancel(waiting)) {
                                acquire.fail(new PoolExhaustedException("waited for a connection for too long"));
                            }
                        },
                        limits().maxWait().toNanos(),
                        TimeUnit.NANOSECONDS));
    }

    private void addIdle(UpstreamConnection connection) {
        connection.idle(System.nanoTime());
        idle.addLast(connection);
        if (!sweepScheduled) {
            sweepScheduled = true;
            loop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        List.copyOf(idle).stream()
                .filter(connection -> connection.isExpired(now))
                .forEach(UpstreamConnection::close);
        sweepScheduled = !idle.isEmpty();
        if (sweepScheduled) {
            loop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private EventLoop loop() {
        return context.nettyEventLoop();
    }

    /**
     * A request that has no connection yet.
     *
     * @param context the context on which the listener is called, of the acquiring event loop
     */
    record PendingAcquire(ContextInternal context, UpstreamRequest.Listener listener, HttpMethod method, String uri) {

        void succeed(UpstreamConnection connection) {
            connection.startRequest(this).notifyConnected();
        }

        void fail(Throwable cause) {
            context.dispatch(cause, failure -> {
                try {
                    listener.onConnectFailure(failure);
                } catch (RuntimeException e) {
                    listener.onDefect(e);
                }
            });
        }

        /** A request that waits for a connection. Used on its event loop. */
        static final class QueuedAcquire {

            private final PendingAcquire acquire;
            private final EventLoopPool loop;
            private Future<?> deadline;

            QueuedAcquire(PendingAcquire acquire, EventLoopPool loop) {
                this.acquire = acquire;
                this.loop = loop;
            }

            EventLoopPool loop() {
                return loop;
            }

            void until(Future<?> deadline) {
                this.deadline = deadline;
            }

            /** Ends the wait. */
            PendingAcquire end() {
                deadline.cancel(false);
                return acquire;
            }
        }
    }
}
