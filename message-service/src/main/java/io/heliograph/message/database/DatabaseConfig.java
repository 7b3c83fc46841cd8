package io.heliograph.message.database;

import io.heliograph.database.ReadPoolConfig;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long and how many wait for PostgreSQL; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.database")
public interface DatabaseConfig extends ReadPoolConfig {

    /** How many callers may wait for a connection. */
    int maxWaiting();

    /**
     * How long a transaction waits for a row lock before it queues in memory: many times as long as a batch holds one.
     */
    Duration firstLockTimeout();

    /** How long a transaction that has queued waits for the lock; then it is the turn of the next row. */
    Duration lockTimeout();

    /** How many such transactions wait for a lock at once, each with a connection. */
    int maxLockWaits();

    /** How many transactions of one row queue in memory. */
    int maxQueuedPerRow();

    /** How long a connection may go without a byte from the server. */
    Duration readIdleTimeout();
}
