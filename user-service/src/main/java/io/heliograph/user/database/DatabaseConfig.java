package io.heliograph.user.database;

import io.heliograph.database.ReadPoolConfig;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/**
 * The connections to PostgreSQL, those to the primary and as many to a standby: how many there are, how long they live,
 * how long and how many wait. The values and their reasons are in application.properties.
 */
@ConfigMapping(prefix = "heliograph.database")
public interface DatabaseConfig extends ReadPoolConfig {

    /** Of opening a connection. */
    Duration connectTimeout();

    /** After which the server gives up on a statement. */
    Duration statementTimeout();

    /** Connections that are kept open whether used or not. */
    int minSize();

    /** Connections at most, per replica. */
    int maxSize();

    /** How long a connection may go without a byte from the server, in use or not. */
    Duration readIdleTimeout();

    /** How many callers may wait for a connection. */
    int maxWaiting();
}
