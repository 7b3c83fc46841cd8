package io.heliograph.message.overload;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How many clients may arrive, as the test sets it. */
@Singleton
public class SettableOverloadConfig {

    private final SettableConfig<OverloadConfig> settable = SettableConfig.of(OverloadConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    OverloadConfig config() {
        return settable.config();
    }

    public void set(String name, Object value) {
        settable.set(name, value);
    }

    public void reset() {
        settable.reset();
    }
}
