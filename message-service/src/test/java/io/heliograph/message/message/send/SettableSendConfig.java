package io.heliograph.message.message.send;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The timeout of senders for a commit, as set by the test; a packaged service uses the configured one. */
@Singleton
public final class SettableSendConfig {

    private static final SettableConfig<SendConfig> SETTABLE = SettableConfig.of(SendConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    SendConfig config() {
        return SETTABLE.config();
    }

    public static void commitTimeout(Duration timeout) {
        SETTABLE.set("commitTimeout", timeout);
    }

    public static void reset() {
        SETTABLE.reset();
    }
}
