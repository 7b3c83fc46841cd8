package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;
import java.util.Map;

/**
 * The results of one round.
 *
 * @param paced latencies at a rate that all contestants sustain
 */
record ReadRound(ReadRate pgbench, Map<Reader, ReadRate> saturated, Map<Reader, Latencies> paced) {}
