package io.heliograph.benchmarks.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void shouldReachFromZeroToTheTickAboveTheLargestValue() {
        Scale scale = Scale.linear(DoubleStream.of(7, 83));

        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), scale.ticks());
        assertEquals(0, scale.at(0));
        assertEquals(0.5, scale.at(50));
    }

    @Test
    void shouldSpacePowersOfTenEqually() {
        Scale scale = Scale.logarithmic(DoubleStream.of(0.4, 200, 0));

        assertEquals(5, scale.ticks().size());
        assertEquals(0.25, scale.at(1), 1e-9);
        assertEquals(1, scale.at(1000), 1e-9);
    }

    @Test
    void shouldAcceptZero() {
        assertEquals(0, Scale.linear(DoubleStream.of(0)).at(0));
        assertEquals(0, Scale.logarithmic(DoubleStream.of(0)).at(0));
    }
}
