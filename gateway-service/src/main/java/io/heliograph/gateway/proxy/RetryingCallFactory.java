package io.heliograph.gateway.proxy;

import io.heliograph.gateway.proxy.Attempt.FailedAttempt;
import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts;
import io.heliograph.gateway.proxy.InactivityTimeout.InactivityTimeouts.MinDataRate;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.upstream.ResilienceConfig;
import io.heliograph.gateway.upstream.Upstream;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Creates a {@link RetryingCall} on the event loop of its exchange. */
@Singleton
final class RetryingCallFactory {

    private final VertxInternal vertx;
    private final Map<EventExecutor, InactivityTimeouts> timeouts = new IdentityHashMap<>();
    private final UpstreamMetrics metrics;
    private final RetryPolicy retryPolicy;

    RetryingCallFactory(Vertx vertx, UpstreamMetrics metrics, RequestConfig requests, ResilienceConfig resilience) {
        this.vertx = (VertxInternal) vertx;
        this.metrics = metrics;
        this.retryPolicy = new RetryPolicy(resilience);
        long bodyTimeoutNanos = requests.bodyTimeout().toNanos();
        MinDataRate minRate = MinDataRate.of(
                requests.minRate().asLongValue(), requests.minRateInterval().toNanos());
        for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
            timeouts.put(
                    loop,
                    new InactivityTimeouts(
                            this.vertx.createEventLoopContext(
                                    (EventLoop) loop, null, getClass().getClassLoader()),
                            minRate,
                            bodyTimeoutNanos));
        }
    }

    RetryingCall create(UpstreamRequestHandler handler) {
        return new RetryingCall(
                vertx, timeouts.get(vertx.getOrCreateContext().nettyEventLoop()), metrics, retryPolicy, handler);
    }

    /**
     * Decides whether a failed attempt is retried: never one that may have been processed and is not idempotent, and
     * only
     * within the retry budget.
     */
    static final class RetryPolicy {

        /** The longest backoff: by then another instance is available, or none will be soon. */
        private static final long MAX_BACKOFF_MILLIS = 250;

        private final int maxAttempts;
        private final long initialBackoffMillis;

        RetryPolicy(ResilienceConfig config) {
            this.maxAttempts = config.maxAttempts();
            this.initialBackoffMillis = Math.max(1, config.backoff().toMillis());
        }

        /** Decides whether to retry, and withdraws from the budget if so. */
        boolean tryRetry(UpstreamRequestHandler handler, FailedAttempt attempt, int attempts, long nowNanos) {
            return attempts < maxAttempts
                    && (attempt.unsent() || isIdempotent(handler.method()))
                    && handler.canResend()
                    && mayHelp(handler.route().upstream(), attempt, nowNanos)
                    && isWithinBudget(handler.route().upstream(), attempt, nowNanos);
        }

        /**
         * A random part of an exponentially growing bound (full jitter), so that requests that failed together are not
         * retried together.
         */
        long backoffMillis(int attempts) {
            long bound = Math.min(initialBackoffMillis << Math.min(attempts - 1, 16), MAX_BACKOFF_MILLIS);
            return ThreadLocalRandom.current().nextLong(bound) + 1;
        }

        static boolean isIdempotent(HttpMethod method) {
            return !HttpMethod.POST.equals(method) && !HttpMethod.PATCH.equals(method);
        }

        private static boolean mayHelp(Upstream upstream, FailedAttempt attempt, long nowNanos) {
            return switch (attempt.failure().retryScope()) {
                case ANYWHERE -> true;
                case ELSEWHERE -> upstream.hasOtherAvailable(attempt.instance(), nowNanos);
                case NOWHERE -> false;
            };
        }

        /**
         * A request that was not sent does not count as a retry if another instance is available, since it adds no
         * load.
         */
        private static boolean isWithinBudget(Upstream upstream, FailedAttempt attempt, long nowNanos) {
            boolean free = attempt.unsent() && upstream.hasOtherAvailable(attempt.instance(), nowNanos);
            return free || upstream.retryBudget().tryWithdraw(nowNanos);
        }
    }
}
