package io.heliograph.benchmarks.start;

import io.heliograph.benchmarks.harness.Benchmark;
import java.util.List;

/** The benchmark of starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Benchmark.run(List.of(new Start()), args);
    }
}
