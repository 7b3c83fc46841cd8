package io.heliograph.client;

import java.time.Duration;

/**
 * The detection of dead connections: after {@code idle} without a frame the client sends a ping, and drops the
 * connection after {@code pong} without any frame.
 */
public record HeartbeatSettings(Duration idle, Duration pong) {

    /** 20 s each. */
    public static final HeartbeatSettings DEFAULT =
            new HeartbeatSettings(Duration.ofSeconds(20), Duration.ofSeconds(20));
}
