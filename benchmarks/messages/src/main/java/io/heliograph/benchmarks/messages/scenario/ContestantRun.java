package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.BarChart;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.server.Contestant;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of one contestant. The failure of a peer is reported on the page; a failure of Heliograph ends the run.
 */
final class ContestantRun<R> {

    private final Contestant contestant;
    private final List<R> rounds = new ArrayList<>();
    private String failure;

    ContestantRun(Contestant contestant) {
        this.contestant = contestant;
    }

    Contestant contestant() {
        return contestant;
    }

    String name() {
        return contestant.name();
    }

    /** The reason why there are no figures. */
    String failure() {
        return failure == null ? "did not start" : failure;
    }

    /** Runs a part of the benchmark. After a failure it does nothing. */
    <T> Optional<T> attempt(Supplier<T> part) {
        if (failure != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(part.get());
        } catch (IllegalStateException | UncheckedIOException reason) {
            if (contestant.ours()) {
                throw reason;
            }
            failure = reason.getMessage();
            System.err.println("  " + name() + " failed: " + failure);
            return Optional.empty();
        }
    }

    void round(Supplier<R> round) {
        attempt(round).ifPresent(rounds::add);
    }

    List<R> rounds() {
        return rounds;
    }

    boolean hasFigures() {
        return failure == null && !rounds.isEmpty();
    }

    Spread spread(ToDoubleFunction<R> figure) {
        return Spread.of(rounds, figure);
    }

    String figure(String format, ToDoubleFunction<R> figure) {
        return spread(figure).text(format);
    }

    /** Draws a bar if there are figures. */
    void draw(BarChart chart, ToDoubleFunction<R> figure) {
        if (hasFigures()) {
            chart.bar(name(), contestant.ours(), spread(figure));
        }
    }
}
