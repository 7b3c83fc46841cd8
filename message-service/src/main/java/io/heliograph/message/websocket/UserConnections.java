package io.heliograph.message.websocket;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Counts the connected sockets of each user on this replica, up to a limit. Thread-safe. */
final class UserConnections {

    private final IntSupplier limit;
    private final Map<UUID, AtomicInteger> counts = new ConcurrentHashMap<>();

    UserConnections(IntSupplier limit) {
        this.limit = limit;
    }

    /** Counts a socket of this user, unless the limit is reached. Undone by {@link #remove}. */
    boolean add(UUID user) {
        AtomicInteger sockets = counts.compute(user, (id, known) -> {
            AtomicInteger counted = known == null ? new AtomicInteger() : known;
            counted.incrementAndGet();
            return counted;
        });
        if (sockets.get() > limit.getAsInt()) {
            remove(user);
            return false;
        }
        return true;
    }

    void remove(UUID user) {
        counts.computeIfPresent(user, (id, known) -> known.decrementAndGet() == 0 ? null : known);
    }

    /** Users with at least one connected socket. */
    int users() {
        return counts.size();
    }
}
