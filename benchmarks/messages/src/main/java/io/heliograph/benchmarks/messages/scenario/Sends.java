package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;

/**
 * What one contestant did in one round.
 *
 * @param rate messages a second
 * @param latencies of each message; empty where only all together are timed
 */
record Sends(double rate, double messages, Latencies latencies, Cost cost) {

    /** CPU seconds for so many messages that there are figures before the point. */
    double per10k(double seconds) {
        return seconds / messages * 10_000;
    }
}
