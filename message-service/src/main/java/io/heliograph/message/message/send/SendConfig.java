package io.heliograph.message.message.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How sends are grouped into commits. */
@ConfigMapping(prefix = "heliograph.send")
interface SendConfig {

    /**
     * Concurrent commits. Rooms are spread over them, so that two batches of one replica never wait for the same row
     * lock. Two, because PostgreSQL works on one while the other waits for the disk; each further one takes a core of
     * PostgreSQL, and without a free core it only makes the batches smaller.
     */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int commitQueues();

    /**
     * The most sends in one commit: with more than some hundreds a row costs no less, and the first send waits longer.
     */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int maxCommitSize();

    /**
     * The most sends of jobs in one commit while clients send too. A client waits for at most one such commit, some
     * milliseconds.
     */
    @WithDefault("100")
    @Min(1)
    @Max(5000)
    int maxBackgroundCommitSize();

    /**
     * The pause of a job between commits while clients send, as a multiple of the duration of its last commit. With 3,
     * jobs take at most a quarter of the time of a commit queue, also if PostgreSQL is slow.
     */
    @WithDefault("3")
    @Min(0)
    @Max(100)
    int backgroundPause();

    /**
     * How long an idle commit queue waits for more sends before it commits, in whole milliseconds. None by default: the
     * next group is collected while a commit runs, and a single sender does not wait.
     */
    @WithDefault("0S")
    Duration linger();

    /**
     * Memory of waiting sends, in bytes; past it senders get {@code 503 overloaded}. Some seconds of work at full
     * speed.
     */
    @WithDefault("67108864")
    @Min(1_000_000)
    long maxWaitingBytes();

    /** The timeout of a commit; after it the sends fail with 503, and may be repeated with the same client ids. */
    @WithDefault("5S")
    Duration commitTimeout();

    /**
     * Concurrent commits of one queue that wait for the row of a room which another transaction holds. Each takes a
     * connection for up to the lock timeout. With the default number of queues and the changes that wait for locks, a
     * quarter of the pool stays for other requests.
     */
    @WithDefault("3")
    @Min(1)
    @Max(64)
    int maxContendedCommits();

    /** Memory of sends that wait for one locked room, in bytes: a quarter of that of all waiting sends. */
    @WithDefault("16777216")
    @Min(1_000_000)
    long maxContendedBytes();
}
