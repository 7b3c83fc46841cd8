package io.heliograph.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RetryBudget budget = new RetryBudget(0.2, 2, 0);

    @Test
    void shouldAllowRetriesForAFifthOfTheRequestsAndAFewInitially() {
        int spent = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.deposit();
            spent += budget.tryWithdraw(0) ? 1 : 0;
        }

        assertEquals(200 + 10, spent);
    }

    @Test
    void shouldBoundTheBalanceOfTheBudget() {
        for (int i = 0; i < 100_000; i++) {
            budget.deposit();
        }

        assertEquals(100, spendAll(0));
    }

    @Test
    void shouldAllowSomeRetriesWithoutLoad() {
        spendAll(0);
        assertFalse(budget.tryWithdraw(SECOND / 4));

        assertTrue(budget.tryWithdraw(SECOND));
        assertEquals(10, spendAll(100 * SECOND));
    }

    @Test
    void shouldDepositTheMinimumIndependentlyOfCalls() {
        spendAll(0);

        int spent = 0;
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 1_000) {
            spent += budget.tryWithdraw(now) ? 1 : 0;
        }

        assertEquals(20, spent);
    }

    private int spendAll(long now) {
        int spent = 0;
        while (budget.tryWithdraw(now)) {
            spent++;
        }
        return spent;
    }
}
