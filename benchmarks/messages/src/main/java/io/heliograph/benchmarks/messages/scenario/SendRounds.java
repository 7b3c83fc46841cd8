package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.scenario.Way.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results of all rounds, by contestant. */
record SendRounds(List<Map<Way, Sends>> rounds) {

    boolean has(Kind kind) {
        return rounds.get(0).keySet().stream().anyMatch(way -> way.kind() == kind);
    }

    /** The contestants of this kind, in order of their numbers of clients. */
    List<Way> ways(Kind kind) {
        return rounds.get(0).keySet().stream()
                .filter(way -> way.kind() == kind)
                .sorted(Comparator.comparingInt(Way::clients))
                .toList();
    }

    Spread of(Way way, ToDoubleFunction<Sends> figure) {
        return Spread.of(rounds, round -> figure.applyAsDouble(round.get(way)));
    }

    /** The contestant of this kind that stores the most messages. */
    Way best(Kind kind) {
        return ways(kind).stream()
                .max(Comparator.comparingDouble(way -> of(way, Sends::rate).median()))
                .orElseThrow();
    }

    /** The rate as a multiple of the rate of {@code other}, computed per round. */
    Spread times(Way way, Way other) {
        return Spread.of(
                rounds, round -> round.get(way).rate() / round.get(other).rate());
    }

    /** How much longer a message takes than with {@code other}, on average, for a single client, in milliseconds. */
    Spread millisOver(Way way, Way other) {
        return Spread.of(
                rounds,
                round -> 1e3 / round.get(way).rate() - 1e3 / round.get(other).rate());
    }
}
