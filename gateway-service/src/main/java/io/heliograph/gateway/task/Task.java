package io.heliograph.gateway.task;

import java.time.Instant;
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
}
