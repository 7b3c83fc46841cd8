package io.heliograph.message.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Settings;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveRateTest {

    private final AdaptiveRate rate = new AdaptiveRate(Settings.of(
            OverloadConfig.class,
            Map.of(
                    "heliograph.overload.initial-rate", "1000",
                    "heliograph.overload.min-rate", "100",
                    "heliograph.overload.max-rate", "20000")));

    @Test
    void shouldDoubleUntilTheFirstCongestionAndGrowByAConstantAfterwards() {
        rate.adjust(false, true);
        rate.adjust(false, true);
        assertThat(rate.perSecond()).isEqualTo(4_000);

        rate.adjust(true, true);
        assertThat(rate.perSecond()).isBetween(2_799.9, 2_800.1);
        rate.adjust(false, true);
        assertThat(rate.perSecond()).isBetween(2_899.9, 2_900.1);
    }

    @Test
    void shouldNotIncreaseAnUnusedRate() {
        for (int interval = 0; interval < 100; interval++) {
            rate.adjust(false, false);
        }

        assertThat(rate.perSecond()).isEqualTo(1_000);
    }

    @Test
    void shouldWaitForTheEffectOfADecrease() {
        rate.adjust(true, true);
        rate.adjust(true, true);
        assertThat(rate.perSecond()).isEqualTo(700);

        rate.adjust(true, true);
        assertThat(rate.perSecond()).isBetween(489.9, 490.1);
    }

    @Test
    void shouldBeginAgainNoSlowerThanAtFirst() {
        for (int interval = 0; interval < 100; interval++) {
            rate.adjust(true, true);
        }
        assertThat(rate.perSecond()).isEqualTo(100);

        rate.restart();

        assertThat(rate.perSecond()).isEqualTo(1_000);
        rate.adjust(false, true);
        assertThat(rate.perSecond()).isEqualTo(2_000);
    }

    @RepeatedTest(20)
    void shouldStayWithinItsBounds(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double congested = random.nextDouble();
        for (int interval = 0; interval < 2_000; interval++) {
            rate.adjust(random.nextDouble() < congested, random.nextBoolean());

            assertThat(rate.perSecond()).isBetween(100.0, 20_000.0);
        }
    }

    /** The machine is congested in each interval in which more is admitted than it can do. */
    @ParameterizedTest
    @ValueSource(ints = {300, 1_500, 4_000, 15_000})
    void shouldConvergeToTheCapacityOfTheMachine(int capacity) {
        int intervals = 400;
        double admitted = 0;
        for (int interval = 0; interval < 2 * intervals; interval++) {
            rate.adjust(rate.perSecond() > capacity, true);
            if (interval >= intervals) {
                admitted += rate.perSecond() / intervals;
                assertThat(rate.perSecond()).isBetween(0.45 * capacity, 1.4 * capacity);
            }
        }
        assertThat(admitted).isBetween(0.7 * capacity, 1.05 * capacity);
    }

    @Test
    void shouldRecoverWhenTheCapacityIncreases() {
        for (int interval = 0; interval < 200; interval++) {
            rate.adjust(true, true);
        }

        int intervals = 0;
        while (rate.perSecond() < 4_000) {
            rate.adjust(false, true);
            intervals++;
        }

        assertThat(intervals).isEqualTo(39);
    }
}
