package io.heliograph.user.database;

import io.heliograph.database.ReadPoolConfig;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/**
 * The connections to PostgreSQL, to the primary and as many to a standby: their number, their timeouts and the limits
 * of waiting for them. The values and their reasons are in application.properties.
 */
@ConfigMapping(prefix = "heliograph.database")
public interface DatabaseConfig extends ReadPoolConfig {

    /** The timeout of opening a connection. */
    Duration connectTimeout();

    /** The time after which the server cancels a statement. */
    Duration statementTimeout();

    /** Connections that are kept open, also while unused. */
    int minSize();

    /** The most connections of one replica. */
    int maxSize();

    /** How long an unused connection is kept. At most half of the read idle timeout. */
    Duration idleTimeout();

    /** How long a connection may go without a byte from the server, in use or not. */
    Duration readIdleTimeout();

    /** Callers that may wait for a connection. */
    int maxWaiting();
}
