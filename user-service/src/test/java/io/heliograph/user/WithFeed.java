package io.heliograph.user;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.time.Duration;
import java.util.Map;

/** A service that others may follow, and whose names are free again soon. */
public final class WithFeed implements QuarkusTestProfile {

    public static final String SECRET = "a secret of thirty-two characters";

    /** Long enough to see on a slow machine that a name is taken. */
    public static final Duration NAME_REST = Duration.ofSeconds(8);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("heliograph.feed.secret", SECRET, "heliograph.accounts.name-rest", NAME_REST.toSeconds() + "S");
    }
}
