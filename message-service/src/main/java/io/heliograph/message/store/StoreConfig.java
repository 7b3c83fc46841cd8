package io.heliograph.message.store;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long and how many wait for PostgreSQL; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.store")
public interface StoreConfig {

    /** From asking for a connection to the last row. */
    Duration timeout();

    /** How many callers may wait for a connection. */
    int maxWaiting();

    /** How long a connection may go without a byte from the server. */
    Duration silence();

    /** How long a read waits for a standby that has not yet come to where the primary was. */
    Duration replicaPatience();

    /** From asking a standby to its last row, patience included. */
    Duration replicaTimeout();

    /** How long a standby that failed is left alone. */
    Duration replicaRest();
}
