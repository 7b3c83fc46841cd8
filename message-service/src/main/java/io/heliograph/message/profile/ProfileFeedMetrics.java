package io.heliograph.message.profile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How the feed of profiles fares: while {@code told} does not rise, names are as old as that. */
@Singleton
class ProfileFeedMetrics {

    private final Counter changes;
    private final Counter told;
    private final Counter failed;

    ProfileFeedMetrics(MeterRegistry registry) {
        this.changes = Counter.builder("heliograph.profiles.changes")
                .description("Changes of profiles that user-service told")
                .register(registry);
        this.told = asked(registry, "told");
        this.failed = asked(registry, "failed");
    }

    void told(int count) {
        told.increment();
        changes.increment(count);
    }

    void failed() {
        failed.increment();
    }

    private static Counter asked(MeterRegistry registry, String outcome) {
        return Counter.builder("heliograph.profiles.asked")
                .description("Times that user-service was asked which profiles have changed")
                .tag("outcome", outcome)
                .register(registry);
    }
}
