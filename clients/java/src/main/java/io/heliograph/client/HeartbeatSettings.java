package io.heliograph.client;

import java.time.Duration;

/**
 * How a dead connection is found: after {@code idle} without a frame the client asks for one, and gives up the
 * connection after {@code pong} without any.
 */
public record HeartbeatSettings(Duration idle, Duration pong) {

    /** 20 s each. */
    public static final HeartbeatSettings DEFAULT =
            new HeartbeatSettings(Duration.ofSeconds(20), Duration.ofSeconds(20));
}
