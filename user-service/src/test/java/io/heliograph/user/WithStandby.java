package io.heliograph.user;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service that reads on a standby, if its stores have one, makes the demo accounts, and has no feed. */
public final class WithStandby implements QuarkusTestProfile {

    public static final String DEMO_PASSWORD = "only for this test";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("heliograph.demo.accounts", "true", "heliograph.demo.password", DEMO_PASSWORD);
    }
}
