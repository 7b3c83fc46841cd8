package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A gateway behind a proxy that is trusted, whose API is called by pages of other origins and people of another issuer. */
public final class FacingTheWorld implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "heliograph.gateway.proxies.trusted", "127.0.0.0/8,::1,10.0.0.0/8",
                "heliograph.gateway.hsts.max-age", "365D",
                "heliograph.gateway.hsts.include-subdomains", "true",
                "heliograph.gateway.cors.origins", "https://chat.example,http://localhost:3000",
                "heliograph.gateway.cors.credentials", "true",
                "heliograph.gateway.cors.socket-origins", "https://chat.example");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OtherIssuer.class));
    }
}
