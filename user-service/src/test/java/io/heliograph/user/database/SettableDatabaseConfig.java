package io.heliograph.user.database;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The timeout of callers for PostgreSQL, as set by the test; packaged services and the pools use the configured one.
 * Static, so that a test does not inject it, which its twin on the packaged service could not.
 */
@Singleton
public final class SettableDatabaseConfig {

    private static final SettableConfig<DatabaseConfig> SETTABLE = SettableConfig.of(DatabaseConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    DatabaseConfig config() {
        return SETTABLE.config();
    }

    public static void timeout(Duration timeout) {
        SETTABLE.set("timeout", timeout);
    }

    public static void reset() {
        SETTABLE.reset();
    }
}
