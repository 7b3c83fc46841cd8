package io.heliograph.message.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

@Singleton
final class AccountMetrics {

    private final MeterRegistry registry;
    private final Counter reads;
    private final Counter failures;

    AccountMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.reads = Counter.builder("heliograph.account.reads")
                .description("Queries for the account events of connected users")
                .register(registry);
        this.failures = Counter.builder("heliograph.account.read.failures")
                .description("Queries of that kind that failed, and are repeated")
                .register(registry);
    }

    void index(AccountIndex index) {
        Gauge.builder("heliograph.account.memberships", index, AccountIndex::memberships)
                .description("Memberships of connected users that this replica follows")
                .register(registry);
    }

    void read(boolean succeeded) {
        (succeeded ? reads : failures).increment();
    }
}
