package io.heliograph.message.webhook;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The bounds of webhooks, as the test sets them. */
@Singleton
class SettableWebhookConfig {

    private final SettableConfig<WebhookConfig> settable = SettableConfig.of(WebhookConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    WebhookConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
