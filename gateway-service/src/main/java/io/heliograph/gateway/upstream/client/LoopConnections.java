package io.heliograph.gateway.upstream.client;

import io.netty.channel.EventLoop;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a {@link ConnectionPool} has on one event loop, and is used there. */
final class LoopConnections {

    /** How often those are looked for that have been idle for too long; until then they are in nobody's way. */
    private static final long SWEEP_SECONDS = 1;

    private final ConnectionPool pool;
    private final ContextInternal context;

    /** The last one was used last: so the others come of age. */
    private final Deque<Connection> idle = new ArrayDeque<>();

    private boolean swept;

    LoopConnections(ConnectionPool pool, ContextInternal context) {
        this.pool = pool;
        this.context = context;
    }

    CharSequence authority() {
        return pool.target().authority();
    }

    Bounds bounds() {
        return pool.bounds();
    }

    void ask(Opening opening) {
        Connection usable = usable();
        if (usable != null) {
            opening.succeed(usable);
            return;
        }
        Waiting waiting = new Waiting(opening, this);
        switch (pool.turn(waiting)) {
            case CONNECT -> connect(opening);
            case WAIT -> await(waiting, opening);
            case NONE -> opening.fail(new PoolExhausted("too many wait for a connection"));
        }
    }

    /** A connection has done with its request, and could carry another. */
    void give(Connection connection) {
        Waiting next = pool.waiting() == 0 ? null : pool.next(this);
        if (next != null) {
            next.end().succeed(connection);
        } else if (pool.waiting() == 0) {
            keep(connection);
        } else {
            // Another event loop needs one more, and may open it once this is gone.
            connection.close();
        }
    }

    /** A connection has been closed, or could not be opened. */
    void lost(Connection connection) {
        idle.remove(connection);
        gone();
    }

    /** Another event loop waits for a connection. Called from there. */
    void yieldLater() {
        loop().execute(() -> {
            if (pool.waiting() > 0 && !idle.isEmpty()) {
                idle.getFirst().close();
            }
        });
    }

    private Connection usable() {
        long now = idle.isEmpty() ? 0 : System.nanoTime();
        while (!idle.isEmpty()) {
            Connection last = idle.removeLast();
            if (!last.isExpired(now)) {
                return last;
            }
            last.close();
        }
        return null;
    }

    private void connect(Opening opening) {
        // A connection outlives the context of the request that it is opened for.
        context.dispatch(() -> pool.connector().connect(pool.target(), this).onComplete(connected -> {
            if (connected.succeeded()) {
                opening.succeed(connected.result());
            } else {
                gone();
                opening.fail(connected.cause());
            }
        }));
    }

    private void gone() {
        Waiting next = pool.closed(this);
        if (next != null) {
            LoopConnections there = next.loop();
            there.loop().execute(() -> there.connect(next.end()));
        }
    }

    private void await(Waiting waiting, Opening opening) {
        waiting.until(loop().schedule(
                        () -> {
                            if (pool.leave(waiting)) {
                                opening.fail(new PoolExhausted("waited for a connection for too long"));
                            }
                        },
                        bounds().maxWait().toNanos(),
                        TimeUnit.NANOSECONDS));
    }

    private void keep(Connection connection) {
        connection.idle(System.nanoTime());
        idle.addLast(connection);
        if (!swept) {
            swept = true;
            loop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        List.copyOf(idle).stream()
                .filter(connection -> connection.isExpired(now))
                .forEach(Connection::close);
        swept = !idle.isEmpty();
        if (swept) {
            loop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private EventLoop loop() {
        return context.nettyEventLoop();
    }
}
