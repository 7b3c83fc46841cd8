package io.heliograph.message.message.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How sends are gathered into commits. */
@ConfigMapping(prefix = "heliograph.send")
interface SendConfig {

    /**
     * Commits under way at once. Rooms are spread over them, so that two batches of one replica never wait for the same
     * row lock. Two, because PostgreSQL works on one while the other waits for the disk; each further one takes a core
     * of PostgreSQL, and where it has none to spare only makes the batches smaller.
     */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int commitQueues();

    /** Sends in one commit at most: past some hundreds a row costs no less, and the first of them waits longer. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int maxCommitSize();

    /**
     * Sends of jobs in one commit at most while clients send too. A client waits for one such commit at most, which is
     * some milliseconds.
     */
    @WithDefault("100")
    @Min(1)
    @Max(5000)
    int maxBackgroundCommitSize();

    /**
     * How many times as long as its last commit took a job waits before its next one while clients send. With 3 jobs have
     * at most a quarter of the time of a commit queue, also where PostgreSQL is slow.
     */
    @WithDefault("3")
    @Min(0)
    @Max(100)
    int backgroundPause();

    /**
     * How long an idle commit queue waits for more sends before it commits, in whole milliseconds. None by default: the
     * next group gathers while a commit is under way, and a single sender does not wait.
     */
    @WithDefault("0S")
    Duration linger();

    /** Memory of sends that wait, in bytes; past it senders get {@code 503 overloaded}. Seconds of work at full speed. */
    @WithDefault("67108864")
    @Min(1_000_000)
    long maxWaitingBytes();

    /** From the start of a commit to its end; after that the sends fail with 503, and may be repeated with the same client ids. */
    @WithDefault("5S")
    Duration commitTimeout();

    /**
     * Commits of one queue at once that wait for the row of a room which another transaction holds. Each takes a
     * connection for up to the lock timeout. With the default number of queues and the changes that wait for locks, a
     * quarter of the pool stays for everything else.
     */
    @WithDefault("3")
    @Min(1)
    @Max(64)
    int maxContendedCommits();

    /** Memory of sends that wait for one locked room, in bytes: a quarter of what may wait in all. */
    @WithDefault("16777216")
    @Min(1_000_000)
    long maxContendedBytes();
}
