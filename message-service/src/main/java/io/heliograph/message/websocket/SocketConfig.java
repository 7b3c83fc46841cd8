package io.heliograph.message.websocket;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What one socket may ask of us. */
@ConfigMapping(prefix = "heliograph.socket")
@StaticInitSafe
interface SocketConfig {

    /** From the upgrade to a good {@code connect}: a socket of nobody costs memory and no one pays for it. */
    @WithDefault("10S")
    Duration connectTimeout();

    /** How often we ping; a client that shows no life for two of them is gone. Below the usual idle limit of 60 s. */
    @WithDefault("25S")
    Duration heartbeat();

    /** The longest message there is, 8,000 characters, takes at most 96,000 bytes: all emoji, written as escapes. */
    @WithDefault("131072")
    @Min(1024)
    int maxFrameBytes();

    /** Rooms on one socket. */
    @WithDefault("200")
    @Min(1)
    int maxRooms();

    /** Requests of one socket that may be under way; past it we stop reading from it until some are answered. */
    @WithDefault("64")
    @Min(1)
    int maxInFlight();

    /** Malformed frames until the socket is closed, of which one a second is forgiven: a client with a defect, or an attack. */
    @WithDefault("50")
    @Min(1)
    int maxBadFrames();

    /**
     * Sockets opened a second. An opening with its token and its joins costs up to a millisecond of one core: when those
     * of a replica that died come back all at once, the ones that are here should notice nothing.
     */
    @WithDefault("1000")
    @Min(1)
    int opensPerSecond();

    /** Sockets opened at once after a silence; with the rate, 10,000 are back after some eight seconds. */
    @WithDefault("2000")
    @Min(1)
    int openBurst();

    /** Sockets of one person on one replica: some devices with some tabs each. */
    @WithDefault("100")
    @Min(1)
    int maxSocketsPerUser();

    /** Requests, and messages of a batch, that one person may send a second to one replica: no person types that fast. */
    @WithDefault("500")
    @Min(1)
    int sendsPerSecond();

    /** What one person may send at once after a silence, say when a device comes back with what it kept. */
    @WithDefault("2500")
    @Min(1)
    int sendBurst();

    /**
     * Over how long a replica that goes away closes its sockets. They come back on the others, which take some thousand
     * a second; shorter than {@code quarkus.shutdown.delay}, and at once where there is no delay.
     */
    @WithDefault("4S")
    Duration drainPeriod();

    /** The longest that a drained client is asked to wait before it comes back, so that not all come at once. */
    @WithDefault("2S")
    Duration drainSpread();
}
