package io.heliograph.benchmarks.harness.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Maps a value to its position on an axis, from 0 at the start to 1 at the end. */
record Scale(double start, double end, boolean logarithmic) {

    /** More labels would overlap. */
    private static final int MOST_TICKS = 6;

    /** From 0 to the largest value. */
    static Scale linear(DoubleStream values) {
        double step = step(Math.max(values.max().orElse(0), Double.MIN_NORMAL));
        return new Scale(0, step, false);
    }

    /** Between powers of ten that enclose all values. Values that are not positive are left out. */
    static Scale logarithmic(DoubleStream values) {
        double[] positive = values.filter(value -> value > 0).sorted().toArray();
        if (positive.length == 0) {
            return new Scale(1, 10, true);
        }
        double start = Math.pow(10, Math.floor(Math.log10(positive[0])));
        double end = Math.pow(10, Math.ceil(Math.log10(positive[positive.length - 1])));
        return new Scale(start, Math.max(end, start * 10), true);
    }

    double at(double value) {
        if (!logarithmic) {
            return (value - start) / (end - start);
        }
        return Math.log(Math.max(value, start) / start) / Math.log(end / start);
    }

    /** The values of its ticks. */
    List<Double> ticks() {
        if (logarithmic) {
            return DoubleStream.iterate(start, tick -> tick <= end * 1.001, tick -> tick * 10)
                    .boxed()
                    .toList();
        }
        double step = roundedUp(end / (MOST_TICKS - 1));
        return IntStream.rangeClosed(0, (int) Math.floor(end / step + 0.001))
                .mapToObj(tick -> tick * step)
                .toList();
    }

    /** The end of a linear axis: the next tick. */
    private static double step(double largest) {
        double step = roundedUp(largest / (MOST_TICKS - 1));
        return Math.ceil(largest / step - 0.001) * step;
    }

    /** Rounds up to 1, 2 or 5 times a power of ten. */
    private static double roundedUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(rounded -> rounded >= value * 0.999)
                .findFirst()
                .orElseThrow();
    }
}
