package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.routing.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.netty.handler.codec.http.HttpStatusClass;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The metrics of exchanges. {@code http.server.requests} has the form that Quarkus gives it, but is counted by route:
 * clients choose the paths, which would be unbounded labels.
 */
@Singleton
public final class ExchangeMetrics {

    private static final String NO_ROUTE = "NOT_FOUND";
    /** Long polls are counted separately, since their latency would distort that of their routes. */
    private static final String LONG_POLL = "LONG_POLL";

    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<RequestTimerKey, Timer> requests = new ConcurrentHashMap<>();
    private final Map<OutcomeCounterKey, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Timer> upstream = new ConcurrentHashMap<>();

    /**
     * @param method {@code OTHER} for unknown methods, which clients can invent
     */
    private record RequestTimerKey(String route, String method, int status) {}

    private record OutcomeCounterKey(String route, String outcome) {}

    public ExchangeMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("heliograph.gateway.in.flight", inFlight, AtomicInteger::get)
                .description("Requests in flight")
                .register(registry);
    }

    /** Counts a malformed request that was rejected before there was an exchange. */
    public void malformed(Problem problem) {
        outcomes.computeIfAbsent(new OutcomeCounterKey(NO_ROUTE, problem.code()), this::outcomeCounter)
                .increment();
    }

    void started() {
        inFlight.incrementAndGet();
    }

    void upstreamResponded(Route route, long nanos) {
        upstream.computeIfAbsent(route.path(), this::upstreamTimer).record(nanos, TimeUnit.NANOSECONDS);
    }

    void finished(Route route, HttpMethod method, boolean longPoll, int status, String outcome, long nanos) {
        inFlight.decrementAndGet();
        String path = route == null ? NO_ROUTE : route.path();
        String uri = route != null && longPoll ? LONG_POLL : path;
        requests.computeIfAbsent(new RequestTimerKey(uri, AllowedMethods.label(method), status), this::requestTimer)
                .record(nanos, TimeUnit.NANOSECONDS);
        outcomes.computeIfAbsent(new OutcomeCounterKey(path, outcome), this::outcomeCounter)
                .increment();
    }

    private Timer requestTimer(RequestTimerKey request) {
        return Timer.builder("http.server.requests")
                .tag("uri", request.route())
                .tag("method", request.method())
                .tag("status", Integer.toString(request.status()))
                .tag("outcome", HttpStatusClass.valueOf(request.status()).name())
                .register(registry);
    }

    private Timer upstreamTimer(String route) {
        return Timer.builder("heliograph.gateway.upstream")
                .description("Time from sending a request to a service to the response head")
                .tag("route", route)
                .register(registry);
    }

    private Counter outcomeCounter(OutcomeCounterKey key) {
        return Counter.builder("heliograph.gateway.requests")
                .description("Requests by their outcome: answered, or the code of the rejection or failure")
                .tag("route", key.route())
                .tag("outcome", key.outcome())
                .register(registry);
    }

    /**
     * Configures the histogram buckets of the gateway's timers, without which there are no quantiles over several
     * replicas.
     */
    static final class LatencyBuckets implements MeterFilter {

        private static final Set<String> TIMERS =
                Set.of("http.server.requests", "heliograph.gateway.upstream", "heliograph.gateway.limits.redis");

        /** Dense around the service level objectives, and up to the total timeout of an exchange. */
        private static final double[] NANOS = Stream.of(
                        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
                .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
                .toArray();

        @Produces
        @Singleton
        static MeterFilter filter() {
            return new LatencyBuckets();
        }

        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            if (!TIMERS.contains(id.getName())) {
                return config;
            }
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(NANOS)
                    .build()
                    .merge(config);
        }
    }
}
