package io.heliograph.message.job;

import io.heliograph.message.job.JobExecution.StopReason;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The workers of this replica. They claim due jobs while threads are free, renew their leases, and stop jobs that are
 * cancelled or whose lease is lost. At a shutdown they return running jobs to the queue, so that another replica continues
 * them at once.
 */
@Singleton
class JobWorkers {

    private static final Logger LOG = Logger.getLogger(JobWorkers.class);

    private final JobQueueRepository queue;
    private final JobConclusion conclusion;
    private final JobConfig config;
    private final JobMetrics metrics;
    private final Vertx vertx;
    private final Map<String, JobHandler> handlers;
    private final Map<UUID, JobExecution> running = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile boolean stopping;

    JobWorkers(
            JobQueueRepository queue,
            JobConclusion conclusion,
            JobConfig config,
            JobMetrics metrics,
            Vertx vertx,
            @All List<JobHandler> handlers) {
        this.queue = queue;
        this.conclusion = conclusion;
        this.config = config;
        this.metrics = metrics;
        this.vertx = vertx;
        this.handlers = handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "job");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start(@Observes StartupEvent event) {
        metrics.register(handlers.keySet(), running.values());
        vertx.setPeriodic(config.pollInterval().toMillis(), timer -> wake());
        vertx.setPeriodic(config.heartbeat().toMillis(), timer -> renew());
    }

    /** Checks for due jobs now. Called from any thread. */
    void wake() {
        int free = config.workers() - running.size();
        if (stopping || handlers.isEmpty() || free <= 0 || !claiming.compareAndSet(false, true)) {
            return;
        }
        queue.claim(handlers.keySet(), free)
                .onSuccess(claimed -> claimed.forEach(this::begin))
                .onFailure(failure -> LOG.debugf("Jobs will be taken later: %s", failure))
                .onComplete(done -> claiming.set(false));
    }

    private void begin(JobExecution execution) {
        running.put(execution.id(), execution);
        if (stopping) {
            execution.stop(StopReason.SHUTDOWN);
        }
        threads.execute(() -> {
            try {
                conclusion.conclude(execution, handlers.get(execution.kind()));
            } finally {
                running.remove(execution.id(), execution);
                wake();
            }
        });
    }

    private void renew() {
        List<JobExecution> held = List.copyOf(running.values());
        if (held.isEmpty() || !renewing.compareAndSet(false, true)) {
            return;
        }
        long askedAt = System.nanoTime();
        queue.renew(held)
                .onSuccess(renewed -> held.forEach(each -> renewed(each, renewed.get(each.id()), askedAt)))
                .onComplete(done -> {
                    renewing.set(false);
                    held.stream()
                            .filter(each -> each.isExpired(System.nanoTime()))
                            .forEach(each -> each.stop(StopReason.LOST));
                });
    }

    private static void renewed(JobExecution execution, Boolean cancelling, long askedAt) {
        if (cancelling == null) {
            execution.stop(StopReason.LOST);
            return;
        }
        execution.renewed(askedAt);
        if (cancelling) {
            execution.stop(StopReason.CANCELLED);
        }
    }

    /** Stops the workers when the drain begins, while the database and other replicas are available. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        handBack();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        handBack();
        threads.shutdown();
        if (!threads.awaitTermination(config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Jobs that are still under way are taken by another replica once their leases have run out.");
        }
    }

    private void handBack() {
        stopping = true;
        running.values().forEach(each -> each.stop(StopReason.SHUTDOWN));
    }
}
