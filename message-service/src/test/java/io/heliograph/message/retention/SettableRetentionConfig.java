package io.heliograph.message.retention;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How long messages are kept, as the test sets it. */
@Singleton
class SettableRetentionConfig {

    private final SettableConfig<RetentionConfig> settable = SettableConfig.of(RetentionConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    RetentionConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
