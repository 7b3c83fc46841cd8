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

    /** Jobs of one person that wait. */
    @WithDefault("20")
    @Min(1)
    int maxQueuedPerUser();

    /** Jobs of one person under way at once, over all replicas: half of one replica's workers stay for others. */
    @WithDefault("2")
    @Min(1)
    int maxRunningPerUser();

    /** Jobs of one person that are kept, ended ones included. */
    @WithDefault("1000")
    @Min(1)
    int maxKeptPerUser();

    /**
     * Bytes of files of the jobs of one user: while there are as many, no more jobs are accepted until old ones are
     * deleted.
     */
    @WithDefault("1G")
    MemorySize maxStoredPerUser();

    /** How often a job is begun before it fails. */
    @WithDefault("5")
    @Min(1)
    int maxAttempts();

    /** The wait after a failed attempt is at least this. */
    @WithDefault("1S")
    Duration minBackoff();

    /** The wait after a failed attempt is at most this, and before that doubles with each attempt; drawn at random below it. */
    @WithDefault("300S")
    Duration maxBackoff();

    /** The lease of a worker: how long a job stays with a worker that has stopped renewing it. */
    @WithDefault("15S")
    Duration lease();

    /** How often a worker renews its leases, stores progress, and checks for cancellations: well below 2 s. */
    @WithDefault("0.5S")
    Duration heartbeat();

    /** How often it is looked for jobs that another replica queued, or left. */
    @WithDefault("1S")
    Duration pollInterval();

    /** How long a job and its result are kept after its end. */
    @WithDefault("7D")
    Duration retention();

    /** How often old jobs are deleted and the queue is measured. */
    @WithDefault("10S")
    Duration sweepInterval();

    /** How long a stop waits for workers to hand their jobs back. */
    @WithDefault("2S")
    Duration stopTimeout();
}
