package io.heliograph.operations;

import io.vertx.core.json.JsonObject;

/**
 * The figures of one replica in the second before the sample. A figure without events is 0, never NaN.
 *
 * @param name of the service
 * @param replica unique among the replicas of the service
 * @param cpu cores in use: 1 is one core that does nothing else
 * @param memoryBytes the resident set of the process
 * @param requestsPerSecond over HTTP, without those that became a stream
 * @param errorsPerSecond of these, those that were answered with 5xx
 * @param p50Ms of these requests, interpolated within the bucket of the histogram, as {@code histogram_quantile} does
 * @param connections WebSockets that are open
 * @param deliveriesPerSecond changes written to sockets
 * @param eventLoopLagMs the worst of the last half minute, as in {@code heliograph_event_loop_lag_seconds}
 * @param poolInUse connections to PostgreSQL, at the gateway to services
 * @param poolWaiting requests that wait for one of these
 */
public record Sample(
        String name,
        String replica,
        double cpu,
        long memoryBytes,
        double requestsPerSecond,
        double errorsPerSecond,
        double p50Ms,
        double p95Ms,
        double p99Ms,
        long inFlight,
        long connections,
        double deliveriesPerSecond,
        double eventLoopLagMs,
        long poolInUse,
        long poolWaiting) {

    /** In the words of the operations stream, with three decimals at most. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("name", name)
                .put("replica", replica)
                .put("cpu", rounded(cpu))
                .put("memoryBytes", memoryBytes)
                .put("requestsPerSecond", rounded(requestsPerSecond))
                .put("errorsPerSecond", rounded(errorsPerSecond))
                .put("p50Ms", rounded(p50Ms))
                .put("p95Ms", rounded(p95Ms))
                .put("p99Ms", rounded(p99Ms))
                .put("inFlight", inFlight)
                .put("connections", connections)
                .put("deliveriesPerSecond", rounded(deliveriesPerSecond))
                .put("eventLoopLagMs", rounded(eventLoopLagMs))
                .put("poolInUse", poolInUse)
                .put("poolWaiting", poolWaiting);
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : 0;
    }
}
