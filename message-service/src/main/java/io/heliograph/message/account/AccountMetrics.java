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
    private final Counter sent;
    private final Counter dropped;
    private final Counter fullReplica;
    private final Counter manyRooms;

    AccountMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.reads = Counter.builder("heliograph.account.reads")
                .description("Queries for the account events of connected users")
                .register(registry);
        this.failures = Counter.builder("heliograph.account.read.failures")
                .description("Queries for the account events of connected users that failed, and are repeated")
                .register(registry);
        this.sent = events("sent");
        this.dropped = events("dropped");
        this.fullReplica = partial("memberships");
        this.manyRooms = partial("rooms");
    }

    private Counter events(String outcome) {
        return Counter.builder("heliograph.account.events")
                .description("Events of accounts for connections, by whether they were sent")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter partial(String limit) {
        return Counter.builder("heliograph.account.partial")
                .description("Connected users of whom not all rooms are followed, by the limit that was reached")
                .tag("limit", limit)
                .register(registry);
    }

    void event(boolean wasSent) {
        (wasSent ? sent : dropped).increment();
    }

    /** Not all rooms of a user are followed: the limit of the replica is reached, or that of the user. */
    void partial(boolean replicaIsFull) {
        (replicaIsFull ? fullReplica : manyRooms).increment();
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
