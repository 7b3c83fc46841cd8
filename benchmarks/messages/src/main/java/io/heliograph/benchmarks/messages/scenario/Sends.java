package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;

/**
 * The result of one contestant in one round.
 *
 * @param rate messages per second
 * @param latencies of each message; empty if only the total time is measured
 */
record Sends(double rate, double messages, Latencies latencies, Cost cost) {

    /** Combines this run with another of the same length. */
    Sends and(Sends other) {
        Latencies both = new Latencies();
        both.add(latencies);
        both.add(other.latencies);
        return new Sends((rate + other.rate) / 2, messages + other.messages, both, cost.and(other.cost));
    }

    /** CPU seconds per 10,000 messages, a unit with readable figures. */
    double per10k(double seconds) {
        return seconds / messages * 10_000;
    }
}
