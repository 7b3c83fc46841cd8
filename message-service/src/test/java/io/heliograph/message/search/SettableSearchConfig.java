package io.heliograph.message.search;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What a search may cost, as the test sets it. */
@Singleton
class SettableSearchConfig {

    private final SettableConfig<SearchConfig> settable = SettableConfig.of(SearchConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    SearchConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
