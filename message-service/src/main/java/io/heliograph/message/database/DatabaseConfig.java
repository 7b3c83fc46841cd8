package io.heliograph.message.database;

import io.heliograph.database.ReadPoolConfig;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The limits of waiting for PostgreSQL; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.database")
public interface DatabaseConfig extends ReadPoolConfig {

    /** Callers that may wait for a connection. */
    int maxWaiting();

    /**
     * How long a transaction waits for a row lock before it queues in memory: many times as long as a batch holds one.
     */
    Duration firstLockTimeout();

    /** How long a transaction that has queued waits for the lock, before the next row has its turn. */
    Duration lockTimeout();

    /** Such transactions that may wait for a lock at a time, each with a connection. */
    int maxLockWaits();

    /** Transactions of one row that may queue in memory. */
    int maxQueuedPerRow();

    /** How long an unused connection is kept. At most half of the read idle timeout. */
    Duration idleTimeout();

    /** How long a connection may go without a byte from the server, in use or not. */
    Duration readIdleTimeout();
}
