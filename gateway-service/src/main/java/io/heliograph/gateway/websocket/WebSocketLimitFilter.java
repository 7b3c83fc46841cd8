package io.heliograph.gateway.websocket;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.pipeline.Drain;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.websocket.WebSocketLimitFilter.WebSocketLimiter.WebSocketSlot;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Rejects WebSockets over the limits, and all while the gateway drains. */
@Singleton
public final class WebSocketLimitFilter implements RequestFilter, ExchangeListener {

    /** The bound of the random {@code Retry-After}, so that rejected clients do not return at once. */
    private static final int MAX_RETRY_AFTER_SECONDS = 4;

    private final WebSocketLimiter limiter;
    private final Drain drain;
    /** The slots of upgrades that the service has not accepted yet. */
    private final Map<Exchange, WebSocketSlot> pending = new ConcurrentHashMap<>();

    WebSocketLimitFilter(WebSocketLimiter limiter, Drain drain) {
        this.limiter = limiter;
        this.drain = drain;
    }

    @Override
    public void filter(Exchange exchange) {
        if (!RequestHead.isWebSocketUpgrade(exchange.request())) {
            exchange.proceed();
            return;
        }
        Caller caller = exchange.caller();
        WebSocketSlot slot = new WebSocketSlot(exchange.network(), caller == null ? null : caller.id());
        Problem problem = drain.isUnderWay() ? Problem.DRAINING : limiter.tryAcquire(slot);
        if (problem == null) {
            pending.put(exchange, slot);
            exchange.proceed();
        } else {
            int seconds = ThreadLocalRandom.current().nextInt(1, MAX_RETRY_AFTER_SECONDS + 1);
            exchange.setHeader(HttpHeaders.RETRY_AFTER.toString(), Integer.toString(seconds));
            exchange.reject(problem);
        }
    }

    @Override
    public void started(Exchange exchange) {}

    @Override
    public void finished(Exchange exchange, String outcome, int status) {
        if (!pending.isEmpty()) {
            WebSocketSlot slot = pending.remove(exchange);
            if (slot != null) {
                limiter.release(slot);
            }
        }
    }

    /**
     * Keeps the slot of a WebSocket that the gateway itself serves. The returned action releases it, and must be run
     * once.
     */
    public Runnable keepSlot(Exchange exchange) {
        WebSocketSlot slot = takeSlot(exchange);
        return () -> limiter.release(slot);
    }

    /** The slot of a WebSocket that is being opened; the caller has to release it. */
    WebSocketSlot takeSlot(Exchange exchange) {
        return pending.remove(exchange);
    }

    /** Limits WebSockets, open or opening: in total, per address and per user. Used from any thread. */
    @Singleton
    static final class WebSocketLimiter {

        private final WebSocketConfig config;
        private final AtomicInteger total = new AtomicInteger();
        private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
        private final Map<UUID, Integer> byUser = new ConcurrentHashMap<>();

        /** A reserved WebSocket; {@code user} is null if unknown. */
        record WebSocketSlot(String address, UUID user) {}

        WebSocketLimiter(WebSocketConfig config) {
            this.config = config;
        }

        /**
         * Acquires a slot, which has to be {@linkplain #release released}. Returns the problem if a limit is reached,
         * else null.
         */
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
}
