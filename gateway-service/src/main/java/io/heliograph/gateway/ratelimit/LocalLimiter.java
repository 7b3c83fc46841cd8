package io.heliograph.gateway.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.gateway.ratelimit.Demand.Charge;
import io.heliograph.gateway.upstream.Search;
import io.heliograph.ratelimit.Rate;
import io.heliograph.ratelimit.SlidingWindow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Decides without Redis, each gateway for itself: it admits its share of a limit, never more, and at least one. Under a
 * lock, which is held for less than a microsecond; it is not on the way of a request while Redis is there.
 */
@Dependent
final class LocalLimiter {

    /** An outage may be longer; who was not seen for so long has little to be remembered. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Cache<String, SlidingWindow> windows;
    private final IntSupplier replicas;

    @Inject
    LocalLimiter(LimiterConfig config, Search search) {
        this(
                config,
                config.peers()
                        .map(host -> search.count(host, config.replicas()))
                        .orElse(config::replicas));
    }

    LocalLimiter(LimiterConfig config, IntSupplier replicas) {
        this.replicas = replicas;
        this.windows = Caffeine.newBuilder()
                .maximumSize(config.maxLocal())
                .expireAfterAccess(MEMORY)
                .build();
    }

    void decide(Demand demand) {
        decide(demand, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    synchronized void decide(Demand demand, long nowMillis) {
        boolean admitted = true;
        for (Charge charge : demand.charges()) {
            admitted &= charge.policy().shadow() || window(charge).used(nowMillis) < share(charge);
        }
        for (int i = 0; i < demand.charges().size(); i++) {
            Charge charge = demand.charges().get(i);
            SlidingWindow window = window(charge);
            int left = share(charge) - window.used(nowMillis);
            if (left <= 0) {
                demand.learn(i, Demand.OVER, window.waitMillis(nowMillis));
            } else {
                if (admitted) {
                    window.add(nowMillis);
                }
                demand.learn(i, admitted ? left - 1 : left, window.waitMillis(nowMillis));
            }
        }
    }

    private SlidingWindow window(Charge charge) {
        Rate rate = charge.policy().rate();
        SlidingWindow window = windows.getIfPresent(charge.key());
        if (window == null || !window.rate().equals(rate)) {
            window = new SlidingWindow(rate);
            windows.put(charge.key(), window);
        }
        return window;
    }

    private int share(Charge charge) {
        return Math.max(1, charge.policy().rate().requests() / replicas.getAsInt());
    }
}
