package io.heliograph.database;

import java.time.Duration;

/** How long a read waits for PostgreSQL; a part of the configuration of each service. */
public interface ReadPoolConfig {

    /** From the request for a connection to the last row. */
    Duration timeout();

    /** The wait before a standby that is behind is asked a second and last time. */
    Duration replicaRetryDelay();

    /** From the request for a connection to the standby to the last row, the retry delay included. */
    Duration replicaTimeout();

    /** How long reads go to the primary alone after a failure of the standby. */
    Duration replicaBackoff();
}
