package io.heliograph.user.database;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How long callers wait for PostgreSQL, as the test sets it; a packaged service has only what is configured, and so have
 * the pools. Static, so that a test need not inject it, which the twin of it that tests the packaged service could not.
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
