package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.ResilienceConfig;
import io.heliograph.gateway.upstream.Upstream;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether what failed may be tried again: never what may have been done and must not be done twice, and never so often
 * that it would be the repeats that keep a service down.
 */
final class Repeats {

    /** A wait longer than this helps nobody: by then another instance is up, or none will be soon. */
    private static final long LONGEST_WAIT_MILLIS = 250;

    private final int maxAttempts;
    private final long backoffMillis;

    Repeats(ResilienceConfig config) {
        this.maxAttempts = config.maxAttempts();
        this.backoffMillis = Math.max(1, config.backoff().toMillis());
    }

    /** Spends of the budget if so. */
    boolean allow(Asker asker, Mishap mishap, int attempts, long nowNanos) {
        return attempts < maxAttempts
                && (mishap.unsent() || isIdempotent(asker.method()))
                && asker.canSendAgain()
                && isPromising(asker.route().upstream(), mishap, nowNanos)
                && isAffordable(asker.route().upstream(), mishap, nowNanos);
    }

    /** Full jitter: any part of a bound that doubles, so that those who failed together do not come back together. */
    long waitMillis(int attempts) {
        long bound = Math.min(backoffMillis << Math.min(attempts - 1, 16), LONGEST_WAIT_MILLIS);
        return ThreadLocalRandom.current().nextLong(bound) + 1;
    }

    static boolean isIdempotent(HttpMethod method) {
        return !HttpMethod.POST.equals(method) && !HttpMethod.PATCH.equals(method);
    }

    private static boolean isPromising(Upstream upstream, Mishap mishap, long nowNanos) {
        return switch (mishap.failure().again()) {
            case ANYWHERE -> true;
            case ELSEWHERE -> upstream.hasFitBeside(mishap.instance(), nowNanos);
            case NOWHERE -> false;
        };
    }

    /** What reached no instance adds nothing to the load of another that is well: it is the first to hear of it. */
    private static boolean isAffordable(Upstream upstream, Mishap mishap, long nowNanos) {
        boolean free = mishap.unsent() && upstream.hasFitBeside(mishap.instance(), nowNanos);
        return free || upstream.budget().spend(nowNanos);
    }
}
