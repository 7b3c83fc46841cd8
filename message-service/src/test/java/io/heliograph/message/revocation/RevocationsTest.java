package io.heliograph.message.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.revocation.Revocation.OfSession;
import io.heliograph.message.revocation.Revocation.OfUser;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationsTest {

    private static final long RETENTION = Duration.ofMinutes(16).toNanos();
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID GRACE = UUID.randomUUID();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Revocations revocations = new Revocations(new ThreeAtMost(), registry);

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
    void shouldRefuseOneSessionOfAPersonOrAll() {
        revocations.learn(new OfSession("s1"), 0);
        revocations.learn(new OfUser(GRACE), 0);

        assertThat(revocations.refuse("s1", ADA)).isTrue();
        assertThat(revocations.refuse("s2", ADA)).isFalse();
        assertThat(revocations.refuse("s2", GRACE)).isTrue();
        assertThat(revocations.refuse("", GRACE)).isTrue();
        assertThat(revocations.refuse("", ADA)).isFalse();
    }

    @Test
    void shouldTellOfEachOnceAndOnlyWhenItIsRefused() {
        List<Revocation> told = new ArrayList<>();
        revocations.onRevoked(revocation -> {
            assertThat(revocations.refuse("s1", ADA)).isTrue();
            told.add(revocation);
        });

        revocations.learn(new OfSession("s1"), 0);
        revocations.learn(new OfSession("s1"), 1);

        assertThat(told).containsExactly(new OfSession("s1"));
    }

    @Test
    void shouldForgetWhatHasBeenKnownForLongerThanATokenLives() {
        revocations.learn(new OfSession("s1"), 0);
        revocations.learn(new OfUser(ADA), 1);

        revocations.forget(RETENTION);
        assertThat(revocations.refuse("s1", GRACE)).isTrue();

        revocations.forget(RETENTION + 1);
        assertThat(revocations.refuse("s1", GRACE)).isFalse();
        assertThat(revocations.refuse("", ADA)).isTrue();
        assertThat(known()).isEqualTo(1);

        revocations.forget(RETENTION + 2);
        assertThat(known()).isZero();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        for (int i = 1; i <= 4; i++) {
            revocations.learn(new OfSession("s" + i), i);
        }

        assertThat(revocations.refuse("s1", ADA)).isFalse();
        assertThat(revocations.refuse("s2", ADA)).isTrue();
        assertThat(revocations.refuse("s4", ADA)).isTrue();
        assertThat(known()).isEqualTo(3);
        assertThat(registry.get("heliograph.revocations.forgotten.early")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldReadWhatTheContractWrites() {
        assertThat(Revocation.parse("session:a:b")).contains(new OfSession("a:b"));
        assertThat(Revocation.parse("user:" + ADA)).contains(new OfUser(ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "session", "session:", "user:", "user:ada", "room:x", "\u0000", "sessionx:y"})
    void shouldPassOverWhatItDoesNotKnow(String member) {
        assertThat(Revocation.parse(member)).isEmpty();
    }

    @Test
    void shouldPassOverASessionThatIsTooLong() {
        assertThat(Revocation.parse("session:" + "x".repeat(129))).isEmpty();
        assertThat(Revocation.parse("session:" + "x".repeat(128))).isPresent();
    }

    private double known() {
        return registry.get("heliograph.revocations.known").gauge().value();
    }
}
