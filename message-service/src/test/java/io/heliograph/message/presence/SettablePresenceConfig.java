package io.heliograph.message.presence;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How long people stay online, and who is told, as the test sets it. */
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
