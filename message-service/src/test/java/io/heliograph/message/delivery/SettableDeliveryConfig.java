package io.heliograph.message.delivery;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How changes reach the sockets, as the test sets it. */
@Singleton
public class SettableDeliveryConfig {

    private final SettableConfig<DeliveryConfig> settable = SettableConfig.of(DeliveryConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    DeliveryConfig config() {
        return settable.config();
    }

    public void stallTimeout(Duration timeout) {
        settable.set("stallTimeout", timeout);
    }

    public void reset() {
        settable.reset();
    }
}
