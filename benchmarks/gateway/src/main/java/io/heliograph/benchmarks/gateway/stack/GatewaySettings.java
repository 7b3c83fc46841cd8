package io.heliograph.benchmarks.gateway.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the gateway is started: as shipped, but for what a comparison needs. */
record GatewaySettings(Placement placement, String serviceUrl, String slowUrl) {

    /** What docs/operations/configuration.md tells people to start the gateway with. */
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=32m");

    /** As many as there are at the highest level of concurrency: no contestant turns anyone away. */
    private static final int WAITING = 1000;

    Map<String, String> with(String redisUrl, String jwksUrl) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.redis.hosts", redisUrl);
        settings.put("quarkus.vertx.event-loops-pool-size", Integer.toString(placement.workers));
        settings.put("heliograph.tokens.jwks-url", jwksUrl);
        settings.put("heliograph.gateway.upstreams.users.urls", slowUrl);
        settings.put("heliograph.gateway.upstreams.messages.urls", serviceUrl);
        // As nginx: a connection to the service for each of a client if need be, and no log.
        settings.put(
                "heliograph.gateway.pool.max-connections-per-instance", Integer.toString(GatewayStack.CONNECTIONS));
        // The load is one client and one user, who may have all of them, as at nginx.
        settings.put("heliograph.gateway.pool.max-share-per-address", "1");
        settings.put("heliograph.gateway.pool.max-share-per-user", "1");
        settings.put("heliograph.gateway.pool.max-waiting", Integer.toString(WAITING));
        settings.put("heliograph.gateway.log.enabled", "false");
        // The limits of routes as they are by default, but for how much they allow: all is charged, all admitted.
        settings.put("heliograph.gateway.limits.address.requests", "1000000");
        settings.put("heliograph.gateway.limits.user.requests", "1000000");
        settings.put("heliograph.gateway.routes.previews.cache.enabled", "true");
        settings.put("heliograph.gateway.routes.jobs.cache.enabled", "true");
        for (String open : List.of("jobs", "messages")) {
            settings.put("heliograph.gateway.routes." + open + ".access", "public");
            settings.put("heliograph.gateway.routes." + open + ".limits", "");
        }
        return settings;
    }
}
