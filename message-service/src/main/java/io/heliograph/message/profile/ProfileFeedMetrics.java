package io.heliograph.message.profile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts the polls of the profile feed: while {@code succeeded} does not rise, names are out of date. */
@Singleton
class ProfileFeedMetrics {

    private final Counter changes;
    private final Counter succeeded;
    private final Counter failed;

    ProfileFeedMetrics(MeterRegistry registry) {
        this.changes = Counter.builder("heliograph.profile.feed.changes")
                .description("Changes of profiles that were read from user-service")
                .register(registry);
        this.succeeded = polls(registry, "succeeded");
        this.failed = polls(registry, "failed");
    }

    void succeeded(int count) {
        succeeded.increment();
        changes.increment(count);
    }

    void failed() {
        failed.increment();
    }

    private static Counter polls(MeterRegistry registry, String outcome) {
        return Counter.builder("heliograph.profile.feed.polls")
                .description("Polls of user-service for changed profiles")
                .tag("outcome", outcome)
                .register(registry);
    }
}
