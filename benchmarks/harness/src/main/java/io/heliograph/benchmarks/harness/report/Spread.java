package io.heliograph.benchmarks.harness.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median and the range of one figure over several rounds. */
public record Spread(double lowest, double median, double highest) {

    public static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    /** Of the given figures. */
    public static Spread of(List<Double> figures) {
        return of(figures, Double::doubleValue);
    }

    /** The median and the range. {@code format} formats one figure. */
    public String text(String format) {
        String each = lowest == highest ? format : format + " (" + format + "–" + format + ")";
        return String.format(Locale.ROOT, each, median, lowest, highest);
    }
}
