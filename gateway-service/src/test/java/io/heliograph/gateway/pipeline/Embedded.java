package io.heliograph.gateway.pipeline;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * A gateway that is part of another product: behind its proxies, with its issuer of tokens and none of ours, called by
 * pages of other origins.
 */
public final class Embedded implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "heliograph.gateway.proxies.headers", "forwarded",
                "heliograph.gateway.hsts.max-age", "365D",
                "heliograph.gateway.hsts.include-subdomains", "true",
                "heliograph.gateway.cors.origins", "https://chat.example,http://localhost:3000",
                "heliograph.gateway.cors.credentials", "true",
                "heliograph.gateway.cors.socket-origins", "https://chat.example",
                "heliograph.tokens.issuers.other.roles", "user,admin");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Surroundings.class));
    }

    /** The settings that override those of {@link Upstreams}. */
    public static final class Surroundings implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "heliograph.tokens.jwks-url",
                    "",
                    "heliograph.gateway.proxies.trusted",
                    "127.0.0.0/8,::1,10.0.0.0/8");
        }

        @Override
        public int order() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void stop() {}
    }
}
