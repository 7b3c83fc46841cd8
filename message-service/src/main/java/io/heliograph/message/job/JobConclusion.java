package io.heliograph.message.job;

import io.heliograph.message.job.JobExecution.StopReason;
import io.heliograph.message.limit.Backoff;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs a handler and stores the outcome of the attempt, as long as the lease lasts. Blocks. */
@Singleton
class JobConclusion {

    private static final Logger LOG = Logger.getLogger(JobConclusion.class);
    /** The interval of attempts to store the end of a job while PostgreSQL is unavailable. */
    private static final long PAUSE_MILLIS = 500;

    private final JobQueueRepository queue;
    private final JobConfig config;
    private final JobMetrics metrics;

    JobConclusion(JobQueueRepository queue, JobConfig config, JobMetrics metrics) {
        this.queue = queue;
        this.config = config;
        this.metrics = metrics;
    }

    void conclude(JobExecution execution, JobHandler handler) {
        long start = System.nanoTime();
        String state = run(execution, handler);
        metrics.ended(execution, state, System.nanoTime() - start);
    }

    /** The outcome of the attempt, as the label of a metric. */
    private String run(JobExecution execution, JobHandler handler) {
        JsonObject result;
        try {
            execution.begin();
            result = handler.run(execution);
        } catch (Throwable thrown) {
            execution.end();
            return stopped(execution, thrown);
        }
        execution.end();
        return store(execution, "succeeded", () -> queue.finish(execution, JobState.SUCCEEDED, result, null));
    }

    private String stopped(JobExecution execution, Throwable thrown) {
        StopReason reason = execution.stopReason();
        if (reason == StopReason.LOST) {
            return "lost";
        } else if (reason == StopReason.SHUTDOWN) {
            return store(execution, "handed_back", () -> queue.handBack(execution));
        } else if (reason == StopReason.CANCELLED) {
            return store(execution, "cancelled", () -> queue.finish(execution, JobState.CANCELLED, null, null));
        }
        return failed(execution, thrown);
    }

    private String failed(JobExecution execution, Throwable thrown) {
        if (thrown instanceof JobFailure failure) {
            return fail(execution, new Job.Error(failure.code(), failure.getMessage()));
        }
        LOG.warnf(thrown, "Attempt %d of job %s (%s) failed", execution.attempt(), execution.id(), execution.kind());
        if (execution.attempt() < config.maxAttempts()) {
            Duration wait = backoff().random(execution.attempt());
            return store(execution, "retried", () -> queue.retry(execution, wait));
        }
        ProblemException refusal = ExceptionClassifier.classify(thrown);
        return fail(execution, new Job.Error(refusal.code(), refusal.getMessage()));
    }

    private Backoff backoff() {
        return new Backoff(config.minBackoff(), config.minBackoff(), config.maxBackoff());
    }

    private String fail(JobExecution execution, Job.Error error) {
        return store(execution, "failed", () -> queue.finish(execution, JobState.FAILED, null, error));
    }

    /** Retries until the lease has expired. After that another worker may have the job, so nothing may be stored. */
    private static String store(JobExecution execution, String state, Supplier<Future<Boolean>> write) {
        while (!execution.isExpired(System.nanoTime())) {
            try {
                return write.get().toCompletionStage().toCompletableFuture().get() ? state : "lost";
            } catch (ExecutionException failure) {
                LOG.debugf(failure, "The end of job %s is not stored yet", execution.id());
            } catch (InterruptedException stopped) {
                return "lost";
            }
            if (!pause()) {
                return "lost";
            }
        }
        return "lost";
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
