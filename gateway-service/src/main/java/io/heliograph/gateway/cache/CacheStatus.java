package io.heliograph.gateway.cache;

import io.heliograph.gateway.routing.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@code Cache-Status} header (RFC 9211). */
final class CacheStatus {

    static final String HEADER = "Cache-Status";

    /** The reasons why a request was forwarded to the service. */
    static final String BYPASS = "heliograph; fwd=bypass";

    static final String METHOD = "heliograph; fwd=method";
    static final String URI_MISS = "heliograph; fwd=uri-miss";
    static final String VARY_MISS = "heliograph; fwd=vary-miss";
    static final String REQUEST = "heliograph; fwd=request";
    static final String STALE = "heliograph; fwd=stale";

    private static final String HIT = "heliograph; hit";

    private CacheStatus() {}

    /** @param reason one of the constants above, if the response was not served from memory */
    static String of(CacheResult result, String reason, long leftMillis) {
        String detail =
                switch (result) {
                    case SHARED -> "; detail=shared";
                    case REVALIDATED -> "; fwd-status=304";
                    case STORED -> "; stored";
                    case COLLAPSED -> "; collapsed";
                    case STALE_ON_ERROR -> "; detail=service-failed";
                    default -> "";
                };
        boolean hit = result == CacheResult.HIT || result == CacheResult.STALE || result == CacheResult.SHARED;
        return (hit ? HIT : reason) + "; ttl=" + Math.floorDiv(leftMillis, 1_000L) + detail;
    }

    /** What the cache did for a request, as the label of a metric. */
    enum CacheResult {
        /** Served from memory. */
        HIT,
        /** Served from Redis, where another gateway had stored it. */
        SHARED,
        /** Served stale, while it is revalidated. */
        STALE,
        /** Served stale, because the service failed. */
        STALE_ON_ERROR,
        /** Revalidated by the upstream. */
        REVALIDATED,
        /** Fetched and stored. */
        STORED,
        /** Served the response that another request fetched. */
        COLLAPSED,
        /** Fetched and not stored. */
        MISS,
        /** A request that bypasses the cache. */
        BYPASS;

        private final String label = name().toLowerCase(Locale.ROOT);

        String label() {
            return label;
        }
    }

    /** Counts the results of the cache by route. */
    @Singleton
    static final class CacheMetrics {

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
                        .description("Requests of cached routes by the result of the cache")
                        .tag("route", path)
                        .tag("result", result.label())
                        .register(registry);
            }
            return ofRoute;
        }
    }
}
