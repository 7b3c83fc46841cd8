package io.heliograph.gateway.upstream;

import io.vertx.core.http.HttpConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What one instance has of connections. Vert.x keeps that to itself, so they are counted as they are first used. */
final class PoolUse {

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();

    /** A request waits for a connection. */
    void await() {
        waiting.incrementAndGet();
    }

    /** It has got one, or will not. */
    void arrive() {
        waiting.decrementAndGet();
    }

    void use(HttpConnection connection) {
        if (open.add(connection)) {
            connection.closeHandler(closed -> open.remove(connection));
        }
    }

    int waiting() {
        return waiting.get();
    }

    int open() {
        return open.size();
    }
}
