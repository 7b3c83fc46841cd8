package io.heliograph.benchmarks.gateway.stack;

/** An alternative gateway from {@code benchmarks/peers}. */
public enum Rival {
    SPRING(
            "spring-cloud-gateway",
            "Spring Cloud Gateway",
            Contestant.Kind.JVM_RIVAL,
            "on WebFlux, with extracted jars, a heap of 512 MiB, one event loop per core, and the metrics of Actuator."
                    + " Full chain: tokens by its resource server, which verifies the signature of each request, one"
                    + " limit (per user) by RedisRateLimiter. Cache: LocalResponseCache."),
    AIOHTTP(
            "aiohttp-gateway",
            "aiohttp",
            Contestant.Kind.RIVAL,
            "a gateway as in tutorials, under gunicorn with one uvloop worker per core. Full chain: tokens by PyJWT,"
                    + " which verifies the signature of each request, one limit (per user) by a sliding window in"
                    + " Redis. Cache: Redis.");

    final String folder;
    final String label;
    final Contestant.Kind kind;
    final String settings;

    Rival(String folder, String label, Contestant.Kind kind, String settings) {
        this.folder = folder;
        this.label = label;
        this.kind = kind;
        this.settings = settings;
    }
}
