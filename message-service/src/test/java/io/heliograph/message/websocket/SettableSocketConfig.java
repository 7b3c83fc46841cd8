package io.heliograph.message.websocket;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What one socket may ask for, as the test sets it. */
@Singleton
class SettableSocketConfig {

    private final SettableConfig<SocketConfig> settable = SettableConfig.of(SocketConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    SocketConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
