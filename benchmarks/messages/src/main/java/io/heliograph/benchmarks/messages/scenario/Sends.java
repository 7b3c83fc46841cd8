package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;

/**
 * What one contestant did in one round.
 *
 * @param rate messages a second
 * @param latencies of each message; empty where only all together are timed
 */
record Sends(double rate, double messages, Latencies latencies, Cost cost) {

    /** This and another run of the same length as one. */
    Sends and(Sends other) {
        Latencies both = new Latencies();
        both.add(latencies);
        both.add(other.latencies);
        return new Sends((rate + other.rate) / 2, messages + other.messages, both, cost.and(other.cost));
    }

    /** CPU seconds for so many messages that there are figures before the point. */
    double per10k(double seconds) {
        return seconds / messages * 10_000;
    }
}
