package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.upstream.State.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final BreakerPolicy POLICY = new BreakerPolicy(5, 0.5, 20, SECOND, 8 * SECOND);

    private final Breaker breaker = new Breaker(POLICY);
    private long now = 1_000 * SECOND;

    @Test
    void shouldOpenAfterSoManyFailuresInARow() {
        fail(4);
        assertInstanceOf(Closed.class, breaker.state(now));

        assertTrue(breaker.failed(now));

        assertInstanceOf(Open.class, breaker.state(now));
        assertEquals(0, breaker.state(now).room());
    }

    @Test
    void shouldStayClosedWhenFailuresAreRare() {
        for (int i = 0; i < 100; i++) {
            fail(4);
            answer(6);
        }

        assertInstanceOf(Closed.class, breaker.state(now));
    }

    @Test
    void shouldOpenWhenHalfOfTheCallsFail() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            answer(1);
        }
        assertInstanceOf(Closed.class, breaker.state(now), "18 calls say too little");

        answer(1);
        fail(1);

        assertInstanceOf(Open.class, breaker.state(now));
    }

    @Test
    void shouldForgetFailuresOfLongAgo() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            answer(1);
        }
        now += 11 * SECOND;

        answer(1);
        fail(1);

        assertInstanceOf(Closed.class, breaker.state(now));
    }

    @Test
    void shouldNotOpenForErrorsThatAreAnswers() {
        for (int i = 0; i < 100; i++) {
            breaker.answered(true, now);
        }

        assertInstanceOf(Closed.class, breaker.state(now));
    }

    @Test
    void shouldTryAFewRequestsAfterAWhile() {
        fail(5);

        now += SECOND;

        assertInstanceOf(HalfOpen.class, breaker.state(now));
        assertEquals(3, breaker.state(now).room());
    }

    @Test
    void shouldCloseOnceTrialsAreAnswered() {
        fail(5);
        now += SECOND;
        breaker.state(now);

        assertFalse(breaker.answered(false, now));
        assertFalse(breaker.answered(false, now));
        assertTrue(breaker.answered(false, now));

        assertInstanceOf(Closed.class, breaker.state(now));
        fail(4);
        assertInstanceOf(Closed.class, breaker.state(now), "what was before is forgotten");
    }

    @Test
    void shouldStayOutTwiceAsLongEachTimeATrialFails() {
        fail(5);
        for (long out : new long[] {1, 2, 4, 8, 8, 8}) {
            now += out * SECOND - 1;
            assertInstanceOf(Open.class, breaker.state(now), out + " s");
            now += 1;
            assertInstanceOf(HalfOpen.class, breaker.state(now), out + " s");
            fail(1);
        }
    }

    @Test
    void shouldOpenAtOnceWhenEjected() {
        assertTrue(breaker.eject(Cause.FAILURES, now));
        assertFalse(breaker.eject(Cause.FAILURES, now));

        assertInstanceOf(Open.class, breaker.state(now));
    }

    @Test
    void shouldKeepOutOneThatStillAnswersWithTheErrorsItIsOutFor() {
        breaker.eject(Cause.ERRORS, now);
        breaker.answered(true, now);
        assertInstanceOf(Open.class, breaker.state(now));
        now += SECOND;

        assertInstanceOf(HalfOpen.class, breaker.state(now));
        breaker.answered(true, now);

        assertInstanceOf(Open.class, breaker.state(now));
    }

    @Test
    void shouldTakeAnyAnswerForASignOfLifeOfOneThatGaveNone() {
        fail(5);
        now += SECOND;

        for (int i = 0; i < 3; i++) {
            breaker.answered(true, now);
        }

        assertInstanceOf(Closed.class, breaker.state(now));
    }

    @Test
    void shouldKeepOutOneThatLeavesThoughItAnswersWhatItWasAskedBefore() {
        breaker.eject(Cause.LEAVING, now);

        answer(5);

        assertInstanceOf(Open.class, breaker.state(now + 3_600 * SECOND));
        assertTrue(breaker.returned());
        assertInstanceOf(Closed.class, breaker.state(now));
        assertFalse(breaker.returned());
    }

    @Test
    void shouldTakeAnAnswerForASignOfLifeWhileOpen() {
        fail(5);

        answer(3);

        assertInstanceOf(Closed.class, breaker.state(now));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(now);
        }
    }

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            breaker.answered(false, now);
        }
    }
}
