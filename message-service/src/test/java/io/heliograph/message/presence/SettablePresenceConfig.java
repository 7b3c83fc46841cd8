package io.heliograph.message.presence;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How long users stay online, and the bound of published events, as the test sets them. */
@Singleton
class SettablePresenceConfig {

    private final SettableConfig<PresenceConfig> settable = SettableConfig.of(PresenceConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    PresenceConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
