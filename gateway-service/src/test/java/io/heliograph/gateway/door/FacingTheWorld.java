package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A gateway behind a proxy that is trusted. */
public final class FacingTheWorld implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("heliograph.gateway.proxies.trusted", "127.0.0.0/8,::1,10.0.0.0/8");
    }
}
