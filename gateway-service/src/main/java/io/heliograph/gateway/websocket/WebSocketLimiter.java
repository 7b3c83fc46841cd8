package io.heliograph.gateway.websocket;

import io.heliograph.gateway.pipeline.Problem;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits WebSockets, open or opening: in total, per address and per user. Used from any thread. */
@Singleton
final class WebSocketLimiter {

    private final TunnelConfig config;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> byUser = new ConcurrentHashMap<>();

    /** A reserved WebSocket; {@code user} is null if unknown. */
    record WebSocketSlot(String address, UUID user) {}

    WebSocketLimiter(TunnelConfig config) {
        this.config = config;
    }

    /** Why there is no place; null if this one has been taken, until it is {@linkplain #release given back}. */
    Problem tryAcquire(WebSocketSlot slot) {
        if (total.incrementAndGet() > config.max()) {
            total.decrementAndGet();
            return Problem.SOCKETS_EXHAUSTED;
        }
        boolean address = tryAcquire(byAddress, slot.address(), config.maxPerAddress());
        boolean user = address && (slot.user() == null || tryAcquire(byUser, slot.user(), config.maxPerUser()));
        if (user) {
            return null;
        }
        if (address) {
            release(byAddress, slot.address());
        }
        total.decrementAndGet();
        return Problem.TOO_MANY_SOCKETS;
    }

    void release(WebSocketSlot slot) {
        total.decrementAndGet();
        release(byAddress, slot.address());
        if (slot.user() != null) {
            release(byUser, slot.user());
        }
    }

    private static <K> boolean tryAcquire(Map<K, Integer> counts, K key, int max) {
        if (counts.merge(key, 1, Integer::sum) <= max) {
            return true;
        }
        release(counts, key);
        return false;
    }

    private static <K> void release(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
