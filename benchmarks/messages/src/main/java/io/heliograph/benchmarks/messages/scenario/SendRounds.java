package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.scenario.Way.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the contestants did, one after another, round by round. */
record SendRounds(List<Map<Way, Sends>> rounds) {

    boolean has(Kind kind) {
        return rounds.get(0).keySet().stream().anyMatch(way -> way.kind() == kind);
    }

    /** Of this kind, from the fewest clients to the most. */
    List<Way> ways(Kind kind) {
        return rounds.get(0).keySet().stream()
                .filter(way -> way.kind() == kind)
                .sorted(Comparator.comparingInt(Way::clients))
                .toList();
    }

    Spread of(Way way, ToDoubleFunction<Sends> figure) {
        return Spread.of(rounds, round -> figure.applyAsDouble(round.get(way)));
    }

    /** The number of clients with which this kind stores the most messages. */
    Way best(Kind kind) {
        return ways(kind).stream()
                .max(Comparator.comparingDouble(way -> of(way, Sends::rate).median()))
                .orElseThrow();
    }

    /** How many times the rate of {@code other}, each round by itself. */
    Spread times(Way way, Way other) {
        return Spread.of(
                rounds, round -> round.get(way).rate() / round.get(other).rate());
    }

    /** How much longer than {@code other} one message takes on average, where one client sends alone, in milliseconds. */
    Spread millisOver(Way way, Way other) {
        return Spread.of(
                rounds,
                round -> 1e3 / round.get(way).rate() - 1e3 / round.get(other).rate());
    }
}
