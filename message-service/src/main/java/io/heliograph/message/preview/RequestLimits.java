package io.heliograph.message.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.ratelimit.Rate;
import io.heliograph.ratelimit.SlidingWindow;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Limits how often users request previews, and how often a host is requested, in any span of the window, over all
 * replicas. While Redis is unavailable each replica counts for itself.
 */
@Singleton
final class RequestLimits {

    /** Counts that are kept here while Redis is unavailable, at some 200 bytes each. */
    private static final int MAX_LOCAL = 10_000;

    /** Counts are dropped after this time without a request, also in a longer outage. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final RequestCountStore store;
    private final PreviewConfig config;
    private final Cache<String, SlidingWindow> local = Caffeine.newBuilder()
            .maximumSize(MAX_LOCAL)
            .expireAfterAccess(MEMORY)
            .build();

    RequestLimits(RequestCountStore store, PreviewConfig config) {
        this.store = store;
        this.config = config;
    }

    /** Fails with {@code 429 rate_limited}. */
    Future<Void> chargePerson(UUID person) {
        return charge(
                "user:" + person,
                config.requestsPerUser(),
                "A person may request " + config.requestsPerUser() + " previews");
    }

    /** Fails with {@code 429 rate_limited}. */
    Future<Void> chargeHost(String host) {
        return charge(
                "host:" + host, config.requestsPerHost(), "A host is asked for " + config.requestsPerHost() + " pages");
    }

    private Future<Void> charge(String key, int requests, String rule) {
        Rate rate = new Rate(requests, config.window().toMillis());
        return store.charge(key, rate)
                .otherwise(away -> chargeLocally(key, rate))
                .compose(wait -> wait.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProblemException.tooManyRequests(
                                "rate_limited",
                                rule + " in " + config.window().toSeconds() + " seconds at most.",
                                wait.get())));
    }

    private synchronized Optional<Duration> chargeLocally(String key, Rate rate) {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        SlidingWindow window = local.get(key, unknown -> new SlidingWindow(rate));
        if (window.used(now) >= rate.requests()) {
            return Optional.of(Duration.ofMillis(window.waitMillis(now)));
        }
        window.add(now);
        return Optional.empty();
    }
}
