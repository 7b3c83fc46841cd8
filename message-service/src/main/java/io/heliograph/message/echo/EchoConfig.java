package io.heliograph.message.echo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** A listener that sends each byte back (RFC 862), for checks of a network between two points. */
@ConfigMapping(prefix = "heliograph.echo")
interface EchoConfig {

    /** Whether the listener is enabled. Off by default, because it does not authenticate. */
    @WithDefault("false")
    boolean enabled();

    /** The port; 0 for any free one. */
    @WithDefault("7007")
    @Min(0)
    @Max(65_535)
    int port();

    /** Concurrent connections, at up to 128 KiB each; further ones are closed. */
    @WithDefault("100")
    @Min(1)
    int maxConnections();

    /** The idle timeout: a connection without received or sent bytes for this long is closed. */
    @WithDefault("60S")
    Duration idleTimeout();
}
