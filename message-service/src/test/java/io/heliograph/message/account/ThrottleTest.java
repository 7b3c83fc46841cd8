package io.heliograph.message.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final Throttle<String> throttle = new Throttle<>(1_000);

    @Test
    void shouldPassTheFirstAtOnceAndThenOnePerInterval() {
        throttle.add("a");
        assertThat(throttle.due(5_000)).containsExactly("a");

        throttle.add("a");
        throttle.add("a");
        throttle.add("b");
        assertThat(throttle.due(5_999)).containsExactly("b");
        assertThat(throttle.due(6_000)).containsExactly("a");
        assertThat(throttle.due(9_000)).isEmpty();
    }
}
