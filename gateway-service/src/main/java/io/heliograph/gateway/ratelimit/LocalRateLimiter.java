package io.heliograph.gateway.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.upstream.DnsDiscovery;
import io.heliograph.ratelimit.Rate;
import io.heliograph.ratelimit.SlidingWindow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Decides without Redis: each gateway admits its share of a limit, at least one request. Under a lock that is held for
 * less than a microsecond, and not used while Redis responds.
 */
@Dependent
final class LocalRateLimiter {

    /** How long an idle window is kept; an outage may be longer. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Cache<String, SlidingWindow> windows;
    private final IntSupplier replicas;

    @Inject
    LocalRateLimiter(RateLimiterConfig config, DnsDiscovery discovery) {
        this(
                config,
                config.peers()
                        .map(host -> discovery.instanceCount(host, config.replicas()))
                        .orElse(config::replicas));
    }

    LocalRateLimiter(RateLimiterConfig config, IntSupplier replicas) {
        this.replicas = replicas;
        this.windows = Caffeine.newBuilder()
                .maximumSize(config.maxLocalKeys())
                .expireAfterAccess(MEMORY)
                .build();
    }

    void decide(RateLimitCheck check) {
        decide(check, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    synchronized void decide(RateLimitCheck check, long nowMillis) {
        boolean admitted = true;
        for (RateLimitCharge charge : check.charges()) {
            admitted &= charge.policy().shadow() || window(charge).used(nowMillis) < share(charge);
        }
        for (int i = 0; i < check.charges().size(); i++) {
            RateLimitCharge charge = check.charges().get(i);
            SlidingWindow window = window(charge);
            int left = share(charge) - window.used(nowMillis);
            if (left <= 0) {
                check.setResult(i, RateLimitCheck.EXCEEDED, window.waitMillis(nowMillis));
            } else {
                if (admitted) {
                    window.add(nowMillis);
                }
                check.setResult(i, admitted ? left - 1 : left, window.waitMillis(nowMillis));
            }
        }
    }

    private SlidingWindow window(RateLimitCharge charge) {
        Rate rate = charge.policy().rate();
        SlidingWindow window = windows.getIfPresent(charge.key());
        if (window == null || !window.rate().equals(rate)) {
            window = new SlidingWindow(rate);
            windows.put(charge.key(), window);
        }
        return window;
    }

    private int share(RateLimitCharge charge) {
        return Math.max(1, charge.policy().rate().requests() / replicas.getAsInt());
    }
}
