package io.heliograph.gateway.websocket;

import io.heliograph.gateway.problem.Problem;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many WebSockets there are, or are about to be, in all and of whom. Used from any thread. */
@Singleton
final class Seats {

    private final TunnelConfig config;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> byUser = new ConcurrentHashMap<>();

    /** A place for one; {@code user} is null where nobody knows. */
    record Seat(String address, UUID user) {}

    Seats(TunnelConfig config) {
        this.config = config;
    }

    /** Why there is no place; null if this one has been taken, until it is {@linkplain #free given back}. */
    Problem take(Seat seat) {
        if (taken.incrementAndGet() > config.max()) {
            taken.decrementAndGet();
            return Problem.SOCKETS_EXHAUSTED;
        }
        boolean address = take(byAddress, seat.address(), config.maxPerAddress());
        boolean user = address && (seat.user() == null || take(byUser, seat.user(), config.maxPerUser()));
        if (user) {
            return null;
        }
        if (address) {
            free(byAddress, seat.address());
        }
        taken.decrementAndGet();
        return Problem.TOO_MANY_SOCKETS;
    }

    void free(Seat seat) {
        taken.decrementAndGet();
        free(byAddress, seat.address());
        if (seat.user() != null) {
            free(byUser, seat.user());
        }
    }

    private static <K> boolean take(Map<K, Integer> counts, K key, int max) {
        if (counts.merge(key, 1, Integer::sum) <= max) {
            return true;
        }
        free(counts, key);
        return false;
    }

    private static <K> void free(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
