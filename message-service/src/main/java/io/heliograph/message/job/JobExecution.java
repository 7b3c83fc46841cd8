package io.heliograph.message.job;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * One attempt at a job by a worker of this replica. Its handler reports progress and waits for the database with it; the
 * heartbeat of the worker stops it.
 */
public final class JobExecution {

    /** Why a handler is stopped before its end. */
    enum StopReason {
        /** The owner has cancelled the job. */
        CANCELLED,
        /** The lease has expired, or another worker has the job: nothing more may be stored. */
        LOST,
        /** This replica shuts down; another one continues the job. */
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

    /** @param askedAt when the lease was requested, by {@link System#nanoTime} */
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

    /** The parameters that were given when the job was queued. */
    public JsonObject params() {
        return params;
    }

    /** The number of the attempt, from 1. */
    int attempt() {
        return attempt;
    }

    /** Writes of this execution take effect only while the job has this fence and is running. */
    public long fence() {
        return fence;
    }

    /** Reports progress, which the heartbeat stores. Throws like {@link #check}. */
    public void advance(long done, Long total) {
        progress = new Job.Progress(done, total);
        check();
    }

    Job.Progress progress() {
        return progress;
    }

    /** Throws {@link JobCancellation} if this execution has to stop. */
    public void check() {
        if (stopReason != null) {
            throw new JobCancellation();
        }
    }

    /** Blocks the thread of the handler until the future completes. Throws its failure, and like {@link #check}. */
    public <T> T await(Future<T> work) throws Exception {
        check();
        try {
            return work.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failure) {
            check();
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    /** Why the execution has to stop; null if it continues. */
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

    /** Makes a stop interrupt the current thread, until {@link #end}. */
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

    /** The end of the lease by the clock of this replica. It counts from before the request, so it is never later than in the database. */
    boolean isExpired(long now) {
        return now - leaseUntil >= 0;
    }
}
