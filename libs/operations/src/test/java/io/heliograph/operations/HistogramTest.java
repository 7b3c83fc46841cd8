package io.heliograph.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final double MILLI = 1e6;

    @Test
    void shouldInterpolateWithinTheBucketOfTheQuantile() {
        // 10 observations up to 10 ms, 10 from there to 20 ms.
        Histogram histogram = histogram(20, 10, 10, 20, 20);

        assertEquals(10 * MILLI, histogram.quantile(0.5));
        assertEquals(15 * MILLI, histogram.quantile(0.75));
        assertEquals(5 * MILLI, histogram.quantile(0.25));
    }

    @Test
    void shouldCalculateQuantilesBetweenTwoReadings() {
        Histogram before = histogram(100, 10, 100, 20, 100);
        Histogram after = histogram(110, 10, 100, 20, 110);

        Histogram between = after.since(before);

        assertEquals(10, between.total());
        assertEquals(15 * MILLI, between.quantile(0.5));
    }

    @Test
    void shouldBeZeroWithoutObservations() {
        Histogram histogram = histogram(100, 10, 60, 20, 100);

        Histogram nothing = histogram.since(histogram);

        assertEquals(0, nothing.total());
        assertEquals(0, nothing.quantile(0.99));
        assertEquals(0, new Histogram().quantile(0.5));
    }

    @Test
    void shouldReturnTheHighestBoundForLargerValues() {
        Histogram histogram = histogram(100, 10, 50, 20, 60);

        assertEquals(20 * MILLI, histogram.quantile(0.99));
    }

    @Test
    void shouldIncludeTimersThatAppearedSinceTheLastReading() {
        Histogram after = histogram(4, 10, 4, 20, 4);

        Histogram between = after.since(new Histogram());

        assertEquals(4, between.total());
        assertEquals(5 * MILLI, between.quantile(0.5));
    }

    @Test
    void shouldNotGoBelowZeroWhenATimerHasGone() {
        Histogram between = histogram(1, 10, 1).since(histogram(5, 10, 5));

        assertEquals(0, between.total());
        assertEquals(0, between.quantile(0.5));
    }

    /** @param buckets the bound in milliseconds and the cumulative count, in turn */
    private static Histogram histogram(double total, double... buckets) {
        Histogram histogram = new Histogram();
        for (int i = 0; i < buckets.length; i += 2) {
            histogram.add(buckets[i] * MILLI, buckets[i + 1]);
        }
        histogram.addTotal(total);
        return histogram;
    }
}
