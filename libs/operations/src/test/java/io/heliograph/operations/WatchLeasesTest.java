package io.heliograph.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchLeasesTest {

    private static final long NOW = 1_000;

    private final WatchLeases leases = new WatchLeases();

    @Test
    void shouldBeWatchedUntilTheLastGatewayEndsItsLease() {
        leases.take(new WatchLease("a", WatchLease.LENGTH), NOW);
        leases.take(new WatchLease("b", WatchLease.LENGTH), NOW);

        leases.take(new WatchLease("a", Duration.ZERO), NOW);
        assertTrue(leases.isWatched(NOW));

        leases.take(new WatchLease("b", Duration.ZERO), NOW);
        assertFalse(leases.isWatched(NOW));
    }

    @Test
    void shouldEndWithALeaseThatIsNotRenewed() {
        leases.take(new WatchLease("a", WatchLease.LENGTH), NOW);
        long end = NOW + WatchLease.LENGTH.toNanos();

        assertTrue(leases.isWatched(end - 1));
        assertFalse(leases.isWatched(end));
    }

    @Test
    void shouldExpireTheLeaseOfADeadGatewayWithinFiveSeconds() {
        assertTrue(WatchLease.LENGTH.compareTo(Duration.ofSeconds(5)) <= 0);
        assertTrue(WatchLease.RENEWAL.multipliedBy(2).compareTo(WatchLease.LENGTH) < 0);
    }

    @Test
    void shouldParseAnEncodedLease() {
        WatchLease lease = new WatchLease("5d5b7b7e-5f3f-4c8e-9c7e-0d5c1e6f1a2b", WatchLease.LENGTH);

        assertEquals(Optional.of(lease), WatchLease.parse(lease.encode()));
    }

    @Test
    void shouldIgnoreInvalidLeases() {
        for (String message : new String[] {"", " ", "x", "3000", "x a", "-1 a", "3001 a", "1 " + "a".repeat(200)}) {
            assertEquals(Optional.empty(), WatchLease.parse(message), message);
        }
    }
}
