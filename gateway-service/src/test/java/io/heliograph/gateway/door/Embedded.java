package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A gateway in the house of another product: its proxy, its issuer of tokens and none of ours, and pages from anywhere. */
public final class Embedded implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "heliograph.gateway.proxies.trusted", "127.0.0.1,::1",
                "heliograph.gateway.proxies.headers", "forwarded",
                "heliograph.gateway.cors.origins", "*",
                "heliograph.tokens.issuers.other.roles", "user,admin");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OtherIssuer.class, Map.of("instead", "true")));
    }
}
