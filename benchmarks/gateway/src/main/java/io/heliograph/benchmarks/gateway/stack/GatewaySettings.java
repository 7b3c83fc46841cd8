package io.heliograph.benchmarks.gateway.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the gateway: the defaults, except what the comparison requires. */
record GatewaySettings(Placement placement, String serviceUrl, String slowUrl) {

    /** The JVM options that docs/operations/configuration.md recommends. */
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:MaxDirectMemorySize=32m");

    /** The highest number of concurrent clients: no contestant rejects requests. */
    private static final int WAITING = 1000;

    Map<String, String> with(String redisUrl, String jwksUrl) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.redis.hosts", redisUrl);
        settings.put("quarkus.vertx.event-loops-pool-size", Integer.toString(placement.workers));
        settings.put("heliograph.tokens.jwks-url", jwksUrl);
        settings.put("heliograph.gateway.upstreams.users.urls", slowUrl);
        settings.put("heliograph.gateway.upstreams.messages.urls", serviceUrl);
        // Like nginx: a connection to the service for each client connection, and no log.
        settings.put(
                "heliograph.gateway.pool.max-connections-per-instance", Integer.toString(GatewayStack.CONNECTIONS));
        // The load has one address and few users, which may use all connections, as with nginx.
        settings.put("heliograph.gateway.pool.max-share-per-address", "1");
        settings.put("heliograph.gateway.pool.max-share-per-user", "1");
        settings.put("heliograph.gateway.pool.max-waiting", Integer.toString(WAITING));
        settings.put("heliograph.gateway.log.enabled", "false");
        // The default limits of routes with larger quotas: every request is counted and admitted.
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
