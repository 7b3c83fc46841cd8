package io.heliograph.user;

import io.heliograph.testsupport.OtherIssuers;
import java.util.Map;

/** A service whose accounts all come from other issuers, with so few connections to PostgreSQL that a test uses all. */
public final class Passwordless extends OtherIssuers.Known {

    public static final int CONNECTIONS = 4;
    public static final int KEPT_CONNECTIONS = 2;
    public static final int IDLE_SECONDS = 3;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "heliograph.passwords.enabled",
                "false",
                "heliograph.database.min-size",
                Integer.toString(KEPT_CONNECTIONS),
                "heliograph.database.max-size",
                Integer.toString(CONNECTIONS),
                "heliograph.database.max-waiting",
                "6",
                "heliograph.database.idle-timeout",
                IDLE_SECONDS + "S");
    }
}
