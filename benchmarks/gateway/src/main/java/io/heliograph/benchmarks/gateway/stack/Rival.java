package io.heliograph.benchmarks.gateway.stack;

/** A gateway that others would use, from {@code benchmarks/peers}. */
public enum Rival {
    SPRING(
            "spring-cloud-gateway",
            "Spring Cloud Gateway",
            Contestant.Kind.JVM_RIVAL,
            "on WebFlux, its jars extracted, with a heap of 512 MiB, an event loop for each core, and the metrics of"
                    + " Actuator. Full chain: tokens by its resource server, which verifies each signature anew, one limit"
                    + " (of the user) by RedisRateLimiter. Cache: LocalResponseCache."),
    AIOHTTP(
            "aiohttp-gateway",
            "aiohttp",
            Contestant.Kind.RIVAL,
            "the gateway of the tutorials, under gunicorn with a uvloop worker for each core. Full chain: tokens by PyJWT,"
                    + " each verified anew, one limit (of the user) by a sliding window in Redis. Cache: Redis.");

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
