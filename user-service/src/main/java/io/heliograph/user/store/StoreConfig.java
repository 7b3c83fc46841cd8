package io.heliograph.user.store;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/**
 * The connections to PostgreSQL, those to the primary and as many to a standby: how many there are, how long they live,
 * how long and how many wait. The values and their reasons are in application.properties.
 */
@ConfigMapping(prefix = "heliograph.store")
public interface StoreConfig {

    /** From asking for a connection to the last row. */
    Duration timeout();

    /** Of opening a connection. */
    Duration connectTimeout();

    /** After which the server gives up on a statement. */
    Duration statementTimeout();

    /** Connections that are kept open whether used or not. */
    int minSize();

    int maxSize();

    /** How long a connection may go without a byte from the server, in use or not. */
    Duration idleLifetime();

    /** How many callers may wait for a connection. */
    int maxWaiting();

    /** How long a read waits for a standby that has not yet come to where the primary was. */
    Duration replicaPatience();

    /** From asking a standby to its last row, patience included. */
    Duration replicaTimeout();

    /** How long a standby that failed is left alone. */
    Duration replicaRest();
}
