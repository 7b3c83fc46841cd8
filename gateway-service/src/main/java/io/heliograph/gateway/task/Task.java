package io.heliograph.gateway.task;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A running task. It ends once; later ends are ignored. */
public final class Task {

    private final BiConsumer<Task, TaskRecord> onEnd;
    private final TaskKind kind;
    private final String subject;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    Task(TaskKind kind, String subject, BiConsumer<Task, TaskRecord> onEnd) {
        this.kind = kind;
        this.subject = subject;
        this.onEnd = onEnd;
    }

    public void succeeded() {
        end(null);
    }

    /** @param reason for operators; never content of a request */
    public void failed(String reason) {
        end(reason);
    }

    /** Ends the task, as failed if there is a failure. */
    public void complete(Throwable failure) {
        end(failure == null ? null : String.valueOf(failure.getMessage()));
    }

    TaskKind kind() {
        return kind;
    }

    TaskRecord now() {
        return new TaskRecord(kind, subject, startedAt, System.nanoTime() - startNanos, null);
    }

    private void end(String error) {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this, new TaskRecord(kind, subject, startedAt, System.nanoTime() - startNanos, error));
        }
    }

    /** The kinds of tasks. A closed set, used as the label of metrics. */
    public enum TaskKind {
        /** A batch of requests. */
        BATCH,
        /** A request that took longer than {@code heliograph.gateway.tasks.slow}, or has not ended yet. */
        SLOW_REQUEST,
        /** A fetch or revalidation of the cache. */
        CACHE_FETCH,
        /** A cache purge by an operator. */
        CACHE_PURGE,
        /** A fetch of the keys of a token issuer. */
        KEY_REFRESH,
        /** A reload of routes, upstreams and limits. */
        CONFIGURATION,
        /** A fetch of the API description of a service. */
        API_DESCRIPTION;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }

    /**
     * A task, running or ended.
     *
     * @param subject the subject, such as a path or an address
     * @param error the reason of a failure; null if the task succeeded or is running
     */
    public record TaskRecord(TaskKind kind, String subject, Instant startedAt, long nanos, String error) {

        /** A task that has ended now, after this time. */
        public static TaskRecord of(TaskKind kind, String subject, long nanos, String error) {
            return new TaskRecord(kind, subject, Instant.now().minusNanos(nanos), nanos, error);
        }

        public Instant endedAt() {
            return startedAt.plusNanos(nanos);
        }
    }
}
