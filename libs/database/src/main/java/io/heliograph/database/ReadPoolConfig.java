package io.heliograph.database;

import java.time.Duration;

/** How long a read waits for PostgreSQL; a part of the configuration of each service. */
public interface ReadPoolConfig {

    /** From asking for a connection to the last row. */
    Duration timeout();

    /** How long a read waits for a standby that has not yet come to where the primary was. */
    Duration replicaPatience();

    /** From asking a standby to its last row, patience included. */
    Duration replicaTimeout();

    /** How long a standby that failed is left alone. */
    Duration replicaRest();
}
