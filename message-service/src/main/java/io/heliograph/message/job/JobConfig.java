package io.heliograph.message.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Who works off jobs, how long and how often, and how much may wait. */
@ConfigMapping(prefix = "heliograph.jobs")
interface JobConfig {

    /** Jobs under way at once on this replica; 0 leaves them to other replicas. Each takes a thread and a connection. */
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

    /** Files of one person's jobs, in bytes: once there is as much, no more jobs are taken until old ones are gone. */
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

    /** How long a job stays with a worker that is not heard of, before another one takes it. */
    @WithDefault("15S")
    Duration lease();

    /** How often a worker renews its leases, stores progress, and learns what is cancelled: well below 2 s. */
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
