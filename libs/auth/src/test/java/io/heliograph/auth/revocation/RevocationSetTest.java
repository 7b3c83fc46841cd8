package io.heliograph.auth.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.auth.revocation.Revocation.OfSession;
import io.heliograph.auth.revocation.Revocation.OfUser;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationSetTest {

    private static final long RETENTION = Duration.ofMinutes(16).toNanos();
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID GRACE = UUID.randomUUID();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RevocationSet revocations = new RevocationSet(new ThreeAtMost(), registry);

    private record ThreeAtMost() implements RevocationConfig {
        @Override
        public Duration readInterval() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration overlap() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration retention() {
            return Duration.ofNanos(RETENTION);
        }

        @Override
        public int maxKnown() {
            return 3;
        }
    }

    @Test
    void shouldRevokeOneSessionOfAUserOrAll() {
        revocations.add(new OfSession("s1"), 0);
        revocations.add(new OfUser(GRACE), 0);

        assertTrue(revocations.isRevoked("s1", ADA));
        assertFalse(revocations.isRevoked("s2", ADA));
        assertTrue(revocations.isRevoked("s2", GRACE));
        assertTrue(revocations.isRevoked("", GRACE));
        assertFalse(revocations.isRevoked("", ADA));
    }

    @Test
    void shouldNotifyOfEachRevocationOnceAfterItIsInEffect() {
        List<Revocation> published = new ArrayList<>();
        revocations.onRevoked(revocation -> {
            assertTrue(revocations.isRevoked("s1", ADA));
            published.add(revocation);
        });

        revocations.add(new OfSession("s1"), 0);
        revocations.add(new OfSession("s1"), 1);

        assertEquals(List.of(new OfSession("s1")), published);
    }

    @Test
    void shouldForgetRevocationsAfterTheLifetimeOfAToken() {
        revocations.add(new OfSession("s1"), 0);
        revocations.add(new OfUser(ADA), 1);

        revocations.expire(RETENTION);
        assertTrue(revocations.isRevoked("s1", GRACE));

        revocations.expire(RETENTION + 1);
        assertFalse(revocations.isRevoked("s1", GRACE));
        assertTrue(revocations.isRevoked("", ADA));
        assertEquals(1, known());

        revocations.expire(RETENTION + 2);
        assertEquals(0, known());
    }

    @Test
    void shouldAcceptARestoredUserAgain() {
        revocations.add(new OfUser(ADA), 0);
        revocations.add(new OfSession("s1"), 1);

        revocations.remove(new OfUser(ADA));
        revocations.remove(new OfUser(GRACE));

        assertFalse(revocations.isRevoked("", ADA));
        assertTrue(revocations.isRevoked("s1", ADA));
        assertEquals(1, known());
        revocations.add(new OfUser(ADA), RETENTION);
        revocations.expire(RETENTION + 2);
        assertTrue(revocations.isRevoked("", ADA), "revoked anew, for as long as a token lives");
    }

    @Test
    void shouldParseARestoredUser() {
        assertEquals(Optional.of(new OfUser(ADA)), Revocation.parseRestored("restored:" + ADA));
        assertEquals(Optional.empty(), Revocation.parseRestored("user:" + ADA));
        assertEquals(Optional.empty(), Revocation.parseRestored("restored:nobody"));
        assertEquals(Optional.empty(), Revocation.parse("restored:" + ADA));
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        for (int i = 1; i <= 4; i++) {
            revocations.add(new OfSession("s" + i), i);
        }

        assertFalse(revocations.isRevoked("s1", ADA));
        assertTrue(revocations.isRevoked("s2", ADA));
        assertTrue(revocations.isRevoked("s4", ADA));
        assertEquals(3, known());
        assertEquals(
                1,
                registry.get("heliograph.revocations.forgotten.early").counter().count());
    }

    @Test
    void shouldParseRevocations() {
        assertEquals(Optional.of(new OfSession("a:b")), Revocation.parse("session:a:b"));
        assertEquals(Optional.of(new OfUser(ADA)), Revocation.parse("user:" + ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "session", "session:", "user:", "user:ada", "room:x", "\u0000", "sessionx:y"})
    void shouldIgnoreUnknownRevocations(String member) {
        assertEquals(Optional.empty(), Revocation.parse(member));
    }

    @Test
    void shouldIgnoreASessionThatIsTooLong() {
        assertEquals(Optional.empty(), Revocation.parse("session:" + "x".repeat(129)));
        assertTrue(Revocation.parse("session:" + "x".repeat(128)).isPresent());
    }

    private double known() {
        return registry.get("heliograph.revocations.known").gauge().value();
    }
}
