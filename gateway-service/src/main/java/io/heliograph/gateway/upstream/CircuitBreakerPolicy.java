package io.heliograph.gateway.upstream;

/** When an instance is out and for how long; see {@link ResilienceConfig}. */
record CircuitBreakerPolicy(
        int consecutiveFailures, double failureRatio, int minimumCalls, long openNanos, long maxOpenNanos) {

    static CircuitBreakerPolicy of(ResilienceConfig config) {
        return new CircuitBreakerPolicy(
                config.consecutiveFailures(),
                config.failureRatio(),
                config.minimumCalls(),
                config.openDuration().toNanos(),
                config.maxOpenDuration().toNanos());
    }
}
