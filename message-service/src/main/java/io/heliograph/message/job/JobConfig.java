package io.heliograph.message.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The workers of jobs, their leases and retries, and the bounds of the queue. */
@ConfigMapping(prefix = "heliograph.jobs")
interface JobConfig {

    /** Concurrent jobs on this replica; 0 leaves them to other replicas. Each takes a thread and a connection. */
    @WithDefault("4")
    @Min(0)
    @Max(64)
    int workers();

    /** Queued jobs of one user; further ones get {@code 429 too_many_jobs}. */
    @WithDefault("20")
    @Min(1)
    int maxQueuedPerUser();

    /** Running jobs of one user on all replicas, so that half of the workers of one replica remain for other users. */
    @WithDefault("2")
    @Min(1)
    int maxRunningPerUser();

    /** Jobs of one user that are kept, including ended ones. */
    @WithDefault("1000")
    @Min(1)
    int maxKeptPerUser();

    /**
     * Bytes of files of the jobs of one user: while there are as many, no more jobs are accepted until old ones are
     * deleted.
     */
    @WithDefault("1G")
    MemorySize maxStoredPerUser();

    /** Attempts before a job fails. */
    @WithDefault("5")
    @Min(1)
    int maxAttempts();

    /** The shortest delay after a failed attempt. */
    @WithDefault("1S")
    Duration minBackoff();

    /** The longest delay after a failed attempt. The delay is random, below a bound that doubles with each attempt. */
    @WithDefault("300S")
    Duration maxBackoff();

    /** How long a job stays with a worker that has stopped renewing its lease. */
    @WithDefault("15S")
    Duration lease();

    /** How often a worker renews its leases, stores progress, and checks for cancellations: well below 2 s. */
    @WithDefault("0.5S")
    Duration heartbeat();

    /** How often workers query for jobs that another replica queued or abandoned. */
    @WithDefault("1S")
    Duration pollInterval();

    /** How long a job and its result are kept after its end. */
    @WithDefault("7D")
    Duration retention();

    /** How often old jobs are deleted and the queue is measured. */
    @WithDefault("10S")
    Duration sweepInterval();

    /** How long a shutdown waits for workers to return their jobs to the queue. */
    @WithDefault("2S")
    Duration stopTimeout();
}
