package io.heliograph.gateway.upstream;

/** When an instance is out and for how long; see {@link ResilienceConfig}. */
record BreakerPolicy(int failuresInARow, double failureRatio, int minimumCalls, long outNanos, long longestOutNanos) {

    static BreakerPolicy of(ResilienceConfig config) {
        return new BreakerPolicy(
                config.failuresInARow(),
                config.failureRatio(),
                config.minimumCalls(),
                config.out().toNanos(),
                config.longestOut().toNanos());
    }
}
