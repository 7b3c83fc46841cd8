package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.upstream.CircuitBreaker.CircuitBreakerPolicy;
import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import io.heliograph.gateway.upstream.CircuitBreakerState.HalfOpenState;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final CircuitBreakerPolicy POLICY = new CircuitBreakerPolicy(5, 0.5, 20, SECOND, 8 * SECOND);

    private final CircuitBreaker breaker = new CircuitBreaker(POLICY);
    private long now = 1_000 * SECOND;

    @Test
    void shouldOpenAfterConsecutiveFailures() {
        fail(4);
        assertInstanceOf(ClosedState.class, breaker.state(now));

        assertTrue(breaker.onFailure(now));

        assertInstanceOf(OpenState.class, breaker.state(now));
        assertEquals(0, breaker.state(now).maxInFlight());
    }

    @Test
    void shouldStayClosedWhenFailuresAreRare() {
        for (int i = 0; i < 100; i++) {
            fail(4);
            answer(6);
        }

        assertInstanceOf(ClosedState.class, breaker.state(now));
    }

    @Test
    void shouldOpenWhenHalfOfTheCallsFail() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            answer(1);
        }
        assertInstanceOf(ClosedState.class, breaker.state(now), "18 calls are too few");

        answer(1);
        fail(1);

        assertInstanceOf(OpenState.class, breaker.state(now));
    }

    @Test
    void shouldExpireOldFailures() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            answer(1);
        }
        now += 11 * SECOND;

        answer(1);
        fail(1);

        assertInstanceOf(ClosedState.class, breaker.state(now));
    }

    @Test
    void shouldNotOpenForErrorResponses() {
        for (int i = 0; i < 100; i++) {
            breaker.onResponse(true, now);
        }

        assertInstanceOf(ClosedState.class, breaker.state(now));
    }

    @Test
    void shouldAllowTrialsAfterTheOpenDuration() {
        fail(5);

        now += SECOND;

        assertInstanceOf(HalfOpenState.class, breaker.state(now));
        assertEquals(3, breaker.state(now).maxInFlight());
    }

    @Test
    void shouldCloseAfterSuccessfulTrials() {
        fail(5);
        now += SECOND;
        breaker.state(now);

        assertFalse(breaker.onResponse(false, now));
        assertFalse(breaker.onResponse(false, now));
        assertTrue(breaker.onResponse(false, now));

        assertInstanceOf(ClosedState.class, breaker.state(now));
        fail(4);
        assertInstanceOf(ClosedState.class, breaker.state(now), "what was before is forgotten");
    }

    @Test
    void shouldDoubleTheOpenDurationWithEachFailedTrial() {
        fail(5);
        for (long out : new long[] {1, 2, 4, 8, 8, 8}) {
            now += out * SECOND - 1;
            assertInstanceOf(OpenState.class, breaker.state(now), out + " s");
            now += 1;
            assertInstanceOf(HalfOpenState.class, breaker.state(now), out + " s");
            fail(1);
        }
    }

    @Test
    void shouldOpenAtOnceWhenEjected() {
        assertTrue(breaker.eject(EjectionCause.FAILURES, now));
        assertFalse(breaker.eject(EjectionCause.FAILURES, now));

        assertInstanceOf(OpenState.class, breaker.state(now));
    }

    @Test
    void shouldStayOpenForAnInstanceThatStillRespondsWithErrors() {
        breaker.eject(EjectionCause.ERRORS, now);
        breaker.onResponse(true, now);
        assertInstanceOf(OpenState.class, breaker.state(now));
        now += SECOND;

        assertInstanceOf(HalfOpenState.class, breaker.state(now));
        breaker.onResponse(true, now);

        assertInstanceOf(OpenState.class, breaker.state(now));
    }

    @Test
    void shouldBecomeHalfOpenByAnyResponseAfterFailures() {
        fail(5);
        now += SECOND;

        for (int i = 0; i < 3; i++) {
            breaker.onResponse(true, now);
        }

        assertInstanceOf(ClosedState.class, breaker.state(now));
    }

    @Test
    void shouldStayOpenForADrainingInstanceThatRespondsToEarlierRequests() {
        breaker.eject(EjectionCause.DRAINING, now);

        answer(5);

        assertInstanceOf(OpenState.class, breaker.state(now + 3_600 * SECOND));
        assertTrue(breaker.recovered());
        assertInstanceOf(ClosedState.class, breaker.state(now));
        assertFalse(breaker.recovered());
    }

    @Test
    void shouldCloseByResponsesWhileOpen() {
        fail(5);

        answer(3);

        assertInstanceOf(ClosedState.class, breaker.state(now));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.onFailure(now);
        }
    }

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            breaker.onResponse(false, now);
        }
    }
}
