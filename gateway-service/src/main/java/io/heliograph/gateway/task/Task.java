package io.heliograph.gateway.task;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running task. It ends once; later ends are ignored. */
public final class Task {

    private final Tasks tasks;
    private final TaskKind kind;
    private final String subject;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    Task(Tasks tasks, TaskKind kind, String subject) {
        this.tasks = tasks;
        this.kind = kind;
        this.subject = subject;
    }

    public void succeeded() {
        end(null);
    }

    /** @param reason for operators; never what a caller sent */
    public void failed(String reason) {
        end(reason);
    }

    /** It failed, if there is a failure. */
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
            tasks.record(this, new TaskRecord(kind, subject, startedAt, System.nanoTime() - startNanos, error));
        }
    }

    /** The kinds of tasks. A closed set, used as the label of metrics. */
    public enum TaskKind {
        /** Many requests as one. */
        BATCH,
        /** A request that took longer than {@code heliograph.gateway.tasks.slow}, or has not ended yet. */
        SLOW_REQUEST,
        /** A fetch for the cache, or to find out whether what it has is still good. */
        CACHE_FETCH,
        /** Stored answers that an operator had dropped. */
        CACHE_PURGE,
        /** The keys of an issuer of tokens. */
        KEY_REFRESH,
        /** The routes, upstreams and limits of a changed configuration. */
        CONFIGURATION,
        /** The descriptions of the services, for that of the API. */
        API_DESCRIPTION;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }

    /**
     * A task, running or ended.
     *
     * @param subject what it is about, such as a path or an address
     * @param error why it failed; null if it did not, or has not ended
     */
    public record TaskRecord(TaskKind kind, String subject, Instant startedAt, long nanos, String error) {

        /** What has taken so long until now. */
        public static TaskRecord of(TaskKind kind, String subject, long nanos, String error) {
            return new TaskRecord(kind, subject, Instant.now().minusNanos(nanos), nanos, error);
        }

        public Instant endedAt() {
            return startedAt.plusNanos(nanos);
        }
    }
}
