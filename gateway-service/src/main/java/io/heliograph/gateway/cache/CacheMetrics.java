package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheStatus.CacheResult;
import io.heliograph.gateway.routing.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the results of the cache by route. */
@Singleton
final class CacheMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter[]> counters = new ConcurrentHashMap<>();

    CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Route route, CacheResult result) {
        Counter[] ofRoute = counters.get(route.path());
        if (ofRoute == null) {
            ofRoute = counters.computeIfAbsent(route.path(), this::counters);
        }
        ofRoute[result.ordinal()].increment();
    }

    private Counter[] counters(String path) {
        CacheResult[] results = CacheResult.values();
        Counter[] ofRoute = new Counter[results.length];
        for (CacheResult result : results) {
            ofRoute[result.ordinal()] = Counter.builder("heliograph.gateway.cache")
                    .description("Requests of cached routes by what the cache did for them")
                    .tag("route", path)
                    .tag("result", result.label())
                    .register(registry);
        }
        return ofRoute;
    }
}
