package io.heliograph.message.job;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * One attempt at a job by a worker of this replica. The handler reports progress and waits for the database through it;
 * the heartbeat stops it.
 */
public final class JobExecution {

    /** Why a handler is stopped before its end. */
    enum StopReason {
        /** Its owner wants it no more. */
        CANCELLED,
        /** The lease ran out, or the job is another's: nothing may be stored any more. */
        LOST,
        /** This replica shuts down; another one takes the job. */
        SHUTDOWN
    }

    private final UUID id;
    private final String kind;
    private final UUID user;
    private final JsonObject params;
    private final int attempt;
    private final long fence;
    private final Duration lease;
    private volatile Job.Progress progress;
    private volatile StopReason stopReason;
    private volatile long leaseUntil;
    private Thread thread;

    /** {@code askedAt} is the time of the request for the lease, by {@link System#nanoTime}. */
    JobExecution(
            UUID id,
            String kind,
            UUID user,
            JsonObject params,
            Job.Progress progress,
            int attempt,
            long fence,
            Duration lease,
            long askedAt) {
        this.id = id;
        this.kind = kind;
        this.user = user;
        this.params = params;
        this.progress = progress;
        this.attempt = attempt;
        this.fence = fence;
        this.lease = lease;
        renewed(askedAt);
    }

    public UUID id() {
        return id;
    }

    String kind() {
        return kind;
    }

    /** The user of the job. */
    public UUID user() {
        return user;
    }

    /** As they were when the job was queued. */
    public JsonObject params() {
        return params;
    }

    /** From 1. */
    int attempt() {
        return attempt;
    }

    /** Writes of this execution take effect only while the job has this fence and is running. */
    public long fence() {
        return fence;
    }

    /** The heartbeat stores it. Throws like {@link #check}. */
    public void advance(long done, Long total) {
        progress = new Job.Progress(done, total);
        check();
    }

    Job.Progress progress() {
        return progress;
    }

    /** Throws if this execution is to stop. */
    public void check() {
        if (stopReason != null) {
            throw new JobCancellation();
        }
    }

    /** Waits on the thread of the handler. Throws the failure of the future, and like {@link #check}. */
    public <T> T await(Future<T> work) throws Exception {
        check();
        try {
            return work.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failure) {
            check();
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    /** Null while it continues. */
    StopReason stopReason() {
        return stopReason;
    }

    synchronized void stop(StopReason reason) {
        if (stopReason == null) {
            stopReason = reason;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** From now until {@link #end} a stop interrupts the current thread. */
    synchronized void begin() {
        thread = Thread.currentThread();
        check();
    }

    synchronized void end() {
        thread = null;
        // The interrupt was for the handler, which has ended.
        Thread.interrupted();
    }

    void renewed(long askedAt) {
        leaseUntil = askedAt + lease.toNanos();
    }

    /** By the clock of this replica, and reckoned from before the database gave the lease: never later than it does. */
    boolean isExpired(long now) {
        return now - leaseUntil >= 0;
    }
}
