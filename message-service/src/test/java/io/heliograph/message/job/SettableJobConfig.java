package io.heliograph.message.job;

import io.heliograph.testsupport.SettableConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The bounds of jobs, as the test sets them. */
@Singleton
class SettableJobConfig {

    private final SettableConfig<JobConfig> settable = SettableConfig.of(JobConfig.class);

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    JobConfig config() {
        return settable.config();
    }

    void set(String name, Object value) {
        settable.set(name, value);
    }

    void reset() {
        settable.reset();
    }
}
