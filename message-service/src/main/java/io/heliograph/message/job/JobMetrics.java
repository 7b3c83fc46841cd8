package io.heliograph.message.job;

import io.heliograph.message.job.JobQueueRepository.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Counts the jobs that end on this replica; the gauges of the queue are the same on each replica, because the queue is
 * shared.
 */
@Singleton
class JobMetrics {

    private static final Backlog NONE = new Backlog("", 0, 0);

    private final MeterRegistry registry;
    private volatile Map<String, Backlog> backlog = Map.of();

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counters of each kind are registered at start-up, since a counter that appears with its first event shows no increase. */
    void register(Set<String> kinds, Collection<JobExecution> running) {
        for (String kind : kinds) {
            List.of("succeeded", "failed", "cancelled", "retried", "handed_back", "lost")
                    .forEach(state -> ended(kind, state));
            Gauge.builder("heliograph.jobs.running", running, executions -> executions.stream()
                            .filter(each -> each.kind().equals(kind))
                            .count())
                    .description("Running jobs on this replica")
                    .tag("kind", kind)
                    .register(registry);
            waiting("heliograph.jobs.queued", "Jobs that are due and wait for a worker", kind, Backlog::due);
            waiting(
                    "heliograph.jobs.queue.age.seconds",
                    "How long the oldest job that is due has waited",
                    kind,
                    Backlog::ageSeconds);
        }
    }

    private void waiting(String name, String description, String kind, ToDoubleFunction<Backlog> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.backlog.getOrDefault(kind, NONE)))
                .description(description)
                .tag("kind", kind)
                .register(registry);
    }

    void backlog(List<Backlog> measured) {
        backlog = measured.stream().collect(Collectors.toMap(Backlog::kind, each -> each));
    }

    void ended(JobExecution execution, String state, long nanos) {
        ended(execution.kind(), state).increment();
        Timer.builder("heliograph.jobs.execution")
                .description("Duration of an attempt")
                .tag("kind", execution.kind())
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter ended(String kind, String state) {
        return Counter.builder("heliograph.jobs.ended")
                .description("Attempts by outcome")
                .tag("kind", kind)
                .tag("state", state)
                .register(registry);
    }
}
