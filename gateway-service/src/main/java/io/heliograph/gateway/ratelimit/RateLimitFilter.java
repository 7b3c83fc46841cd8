package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.RequestFilter;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitKeys;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.heliograph.ratelimit.Rate;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Charges a request to all limits of its route, and rejects it if one is exceeded. It comes before authorization, so
 * that guessing tokens is limited too. A WebSocket is charged once, when it is opened.
 */
@Singleton
public final class RateLimitFilter implements RequestFilter {

    private final RateLimitBatchers batchers;
    private final RateLimitMetrics metrics;

    RateLimitFilter(RateLimitBatchers batchers, RateLimitMetrics metrics) {
        this.batchers = batchers;
        this.metrics = metrics;
    }

    @Override
    public void filter(Exchange exchange) {
        List<RateLimitCharge> charges = RateLimitKeys.charges(exchange);
        if (charges.isEmpty()) {
            exchange.proceed();
        } else {
            batchers.current().decide(new RateLimitCheck(charges, check -> onDecided(exchange, check)));
        }
    }

    /** An exception must fail this exchange only, since other checks of the batch follow. */
    private void onDecided(Exchange exchange, RateLimitCheck check) {
        try {
            applyDecision(exchange, check);
        } catch (RuntimeException e) {
            exchange.fail(e);
        }
    }

    private void applyDecision(Exchange exchange, RateLimitCheck check) {
        metrics.decided(check);
        String left = RateLimitHeaders.remaining(check);
        if (!left.isEmpty()) {
            exchange.setHeader(RateLimitHeaders.POLICY, RateLimitHeaders.policies(check.charges()));
            exchange.setHeader(RateLimitHeaders.LIMIT, left);
        }
        int refusal = check.rejectingCharge();
        if (refusal < 0) {
            exchange.proceed();
        } else {
            long seconds = RateLimitHeaders.secondsUp(check.waitMillis(refusal));
            exchange.setHeader(HttpHeaders.RETRY_AFTER.toString(), Long.toString(seconds));
            exchange.reject(
                    Problem.RATE_LIMITED, detail(check.charges().get(refusal).policy()));
        }
    }

    private static String detail(RateLimitPolicy policy) {
        Duration window = Duration.ofMillis(policy.rate().windowMillis());
        return "The limit \"" + policy.name() + "\" allows " + policy.rate().requests() + " requests in "
                + window.toString().substring(2).toLowerCase(Locale.ROOT) + '.';
    }

    /** The headers of draft-ietf-httpapi-ratelimit-headers. */
    static final class RateLimitHeaders {

        static final String POLICY = "RateLimit-Policy";
        static final String LIMIT = "RateLimit";

        private RateLimitHeaders() {}

        /** All policies of the request except those in shadow mode: {@code "user";q=100;w=1}. */
        static String policies(List<RateLimitCharge> charges) {
            StringBuilder text = new StringBuilder(64);
            for (RateLimitCharge charge : charges) {
                RateLimitPolicy policy = charge.policy();
                if (!policy.shadow()) {
                    Rate rate = policy.rate();
                    name(text, policy).append(";q=").append(rate.requests()).append(";w=");
                    text.append(secondsUp(rate.windowMillis()));
                }
            }
            return text.toString();
        }

        /** The remaining requests of each policy, and the seconds until there are more: {@code "user";r=99;t=1}. */
        static String remaining(RateLimitCheck check) {
            StringBuilder text = new StringBuilder(64);
            for (int i = 0; i < check.charges().size(); i++) {
                RateLimitPolicy policy = check.charges().get(i).policy();
                if (!policy.shadow() && check.remaining(i) != RateLimitCheck.UNKNOWN) {
                    name(text, policy).append(";r=").append(Math.max(0, check.remaining(i)));
                    text.append(";t=").append(secondsUp(check.waitMillis(i)));
                }
            }
            return text.toString();
        }

        static long secondsUp(long millis) {
            return Math.max(1, (millis + 999) / 1_000);
        }

        private static StringBuilder name(StringBuilder text, RateLimitPolicy policy) {
            if (!text.isEmpty()) {
                text.append(", ");
            }
            return text.append('"').append(policy.name()).append('"');
        }
    }

    /** A {@link RateLimitBatcher} for each event loop. */
    @Singleton
    static final class RateLimitBatchers {

        /**
         * The longest time that the start waits for Redis, so that the first requests are not decided locally. Usually
         * it takes milliseconds.
         */
        private static final long START_TIMEOUT_MILLIS = 1_000;

        private static final Logger LOG = Logger.getLogger(RateLimitBatchers.class);

        private final VertxInternal vertx;
        private final Map<EventExecutor, RateLimitBatcher> batchers = new IdentityHashMap<>();
        private final CountDownLatch probed;

        RateLimitBatchers(
                Vertx vertx,
                RateLimitStore.Factory stores,
                LocalRateLimiter local,
                RateLimitMetrics metrics,
                RateLimiterConfig config) {
            this.vertx = (VertxInternal) vertx;
            for (EventExecutor loop : this.vertx.getEventLoopGroup()) {
                Context context = this.vertx.createEventLoopContext(
                        (EventLoop) loop, null, getClass().getClassLoader());
                batchers.put(loop, new RateLimitBatcher(context, stores.create(context), local, metrics, config));
            }
            this.probed = new CountDownLatch(batchers.size());
        }

        void start(@Observes StartupEvent event) throws InterruptedException {
            batchers.values().forEach(batcher -> batcher.start(probed::countDown));
            if (!probed.await(START_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Redis does not respond; limits are decided locally until it does");
            }
        }

        /** The batcher of the current event loop. */
        RateLimitBatcher current() {
            return batchers.get(vertx.getOrCreateContext().nettyEventLoop());
        }
    }
}
