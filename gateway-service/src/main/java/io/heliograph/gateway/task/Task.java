package io.heliograph.gateway.task;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thing under way. It ends once; what is said of its end afterwards is ignored. */
public final class Task {

    private final Tasks tasks;
    private final Kind kind;
    private final String subject;
    private final Instant startedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    Task(Tasks tasks, Kind kind, String subject) {
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
    public void ended(Throwable failure) {
        end(failure == null ? null : String.valueOf(failure.getMessage()));
    }

    Kind kind() {
        return kind;
    }

    Happening now() {
        return new Happening(kind, subject, startedAt, System.nanoTime() - startNanos, null);
    }

    private void end(String error) {
        if (over.compareAndSet(false, true)) {
            tasks.ended(this, new Happening(kind, subject, startedAt, System.nanoTime() - startNanos, error));
        }
    }
}
