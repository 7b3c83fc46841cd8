package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;
import java.util.Map;

/**
 * What the contestants did one after another.
 *
 * @param paced how long they took at a pace that all of them keep
 */
record ReadRound(ReadRate pgbench, Map<Reader, ReadRate> saturated, Map<Reader, Latencies> paced) {}
