package io.heliograph.user.startup;

import io.heliograph.rest.problem.ExceptionClassifier;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Runs every {@link StartUpTask} before the service is ready. While a store does not respond the task is retried, with
 * a log line each time, until the deadline: a start that gives up ends the process, so it waits longer than a request.
 * Any other failure stops the start at once.
 */
@Singleton
final class StartUpRunner {

    private static final Logger LOG = Logger.getLogger(StartUpRunner.class);

    private static final Set<String> TRANSIENT = Set.of("store_unavailable", "overloaded");

    private final List<StartUpTask> tasks;
    private final StartUpConfig config;

    StartUpRunner(@All List<StartUpTask> tasks, StartUpConfig config) {
        this.tasks = tasks;
        this.config = config;
    }

    /** Runs before all background work, so that a failed start leaves nothing running. */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        long begun = System.nanoTime();
        // Quarkus waits for the end of a start before it stops, so a waiting start must be interrupted.
        Thread stop = new Thread(Thread.currentThread()::interrupt, "stop-start");
        Runtime.getRuntime().addShutdownHook(stop);
        tasks.forEach(task -> complete(task, begun));
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    private void complete(StartUpTask task, long begun) {
        Duration delay = config.retryDelay();
        Throwable failure = failure(task, begun);
        while (failure != null) {
            if (left(begun).compareTo(delay) <= 0) {
                // The only failure for which Quarkus prints just the message; it ends the process.
                throw new ConfigurationException(
                        "user-service gives up its start: %s could not be made within %s (heliograph.start.deadline): %s"
                                .formatted(task.name(), text(config.deadline()), reason(failure)),
                        Set.of("heliograph.start.deadline"));
            }
            LOG.warnf(
                    "The start waits for PostgreSQL to make %s (%s); trying again in %s, for %s more at most",
                    task.name(), reason(failure), text(delay), text(left(begun)));
            pause(delay);
            delay = min(delay.multipliedBy(2), config.maxRetryDelay());
            failure = failure(task, begun);
        }
    }

    /** The failure of this attempt; null if it succeeded. */
    private Throwable failure(StartUpTask task, long begun) {
        CompletableFuture<Throwable> attempt = task.attempt()
                .onItemOrFailure()
                .transformToUni((done, failure) -> failure == null || isTransient(failure)
                        ? Uni.createFrom().item(failure)
                        : Uni.createFrom().failure(failure))
                .ifNoItem()
                .after(max(left(begun), config.retryDelay()))
                .recoverWithItem(() -> new TimeoutException())
                .subscribeAsCompletionStage();
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException wrong ? wrong : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw stopped();
        }
    }

    private Duration left(long begun) {
        return config.deadline().minusNanos(System.nanoTime() - begun);
    }

    private static boolean isTransient(Throwable failure) {
        return TRANSIENT.contains(ExceptionClassifier.classify(failure).code());
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no answer in time"
                : String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            throw stopped();
        }
    }

    private static ConfigurationException stopped() {
        return new ConfigurationException("user-service was stopped while it started");
    }

    private static String text(Duration duration) {
        return duration.toMillis() / 100 / 10.0 + " s";
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
