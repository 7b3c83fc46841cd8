package io.heliograph.gateway.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Who watches at this gateway. Used from any thread. */
@Singleton
final class Watchers {

    /** They come back to other gateways, and not all at once. */
    private static final int MAX_RECONNECT_MILLIS = 2_000;

    private final LiveConfig config;
    private final LiveView view;
    private final WatcherAuthentication authentication;
    private final Set<Watcher> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable listener = () -> {};

    Watchers(LiveConfig config, LiveView view, WatcherAuthentication authentication, MeterRegistry registry) {
        this.config = config;
        this.view = view;
        this.authentication = authentication;
        Gauge.builder("heliograph.gateway.live.watchers", open, Set::size)
                .description("Who watches the operations stream at this gateway")
                .register(registry);
    }

    LiveConfig config() {
        return config;
    }

    LiveView view() {
        return view;
    }

    WatcherAuthentication authentication() {
        return authentication;
    }

    /** Called when the answer of {@link #isWatched} may have changed. */
    void listener(Runnable changed) {
        listener = changed;
    }

    boolean isFull() {
        return count.get() >= config.maxWatchers();
    }

    /** False if there are as many as there may be. */
    boolean enter(Watcher watcher) {
        if (count.incrementAndGet() > config.maxWatchers()) {
            count.decrementAndGet();
            return false;
        }
        open.add(watcher);
        changed();
        return true;
    }

    void leave(Watcher watcher) {
        if (open.remove(watcher)) {
            count.decrementAndGet();
            changed();
        }
    }

    void changed() {
        listener.run();
    }

    boolean isWatched(long nowNanos) {
        return open.stream().anyMatch(watcher -> watcher.isAlive(nowNanos));
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        drain();
    }

    /** Those that came while it drained, or all where there is no delay. */
    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    private void drain() {
        open.forEach(watcher -> watcher.drain(ThreadLocalRandom.current().nextLong(MAX_RECONNECT_MILLIS)));
    }
}
