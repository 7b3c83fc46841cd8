package io.heliograph.message.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.rest.problem.ProblemException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final UUID ADA = new UUID(0, 1);
    private static final UUID GRACE = new UUID(0, 2);

    private final AtomicLong now = new AtomicLong();
    private final RateLimit budget = RateLimit.perSecond("send", "messages", () -> 10, () -> 20, now::get);

    @Test
    void shouldChargeAWholeCostOrNothing() {
        assertThat(budget.admits(ADA, 15)).isTrue();
        assertThat(budget.admits(ADA, 6)).isFalse();
        assertThat(budget.admits(ADA, 5)).isTrue();
        assertThat(budget.admits(ADA, 1)).isFalse();
    }

    @Test
    void shouldHaveABudgetForEachUser() {
        assertThat(budget.admits(ADA, 20)).isTrue();
        assertThat(budget.admits(GRACE, 20)).isTrue();
    }

    @Test
    void shouldAdmitACostOverTheBurstAfterAPause() {
        assertThat(budget.admits(ADA, 1_000)).isTrue();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_900));
        assertThat(budget.admits(ADA, 1_000)).isFalse();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(budget.admits(ADA, 1_000)).isTrue();
    }

    @Test
    void shouldRejectWithARateLimit() {
        budget.charge(ADA, 20);
        assertThatThrownBy(() -> budget.charge(ADA, 1))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("rate_limited"));
    }

    @Test
    void shouldCountByTheMinute() {
        RateLimit joins = RateLimit.perMinute("join rooms", () -> 60, now::get);
        joins.charge(ADA, 60);
        assertThat(joins.admits(ADA, 1)).isFalse();

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(joins.admits(ADA, 1)).isTrue();
        assertThat(joins.admits(ADA, 1)).isFalse();
        assertThatThrownBy(() -> joins.charge(ADA, 1)).hasMessageContaining("join rooms 60 times a minute");
    }
}
