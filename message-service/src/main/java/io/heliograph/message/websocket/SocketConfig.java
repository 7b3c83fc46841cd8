package io.heliograph.message.websocket;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The limits of WebSockets. */
@ConfigMapping(prefix = "heliograph.socket")
@StaticInitSafe
interface SocketConfig {

    /** The time from the upgrade to a valid {@code connect}; bounded because an unauthenticated socket costs memory. */
    @WithDefault("10S")
    Duration connectTimeout();

    /**
     * How often the service pings; the third interval without any frame of the client closes the socket. Below the
     * usual idle limit of 60 s.
     */
    @WithDefault("25S")
    Duration heartbeat();

    /**
     * The largest frame. The longest message, of 8,000 characters, takes at most 96,000 bytes: all emoji, written as
     * escapes.
     */
    @WithDefault("131072")
    @Min(1024)
    int maxFrameBytes();

    /** Rooms on one socket. */
    @WithDefault("200")
    @Min(1)
    int maxRooms();

    /** Concurrent requests of one socket; past it the service stops reading from the socket until some have replies. */
    @WithDefault("64")
    @Min(1)
    int maxInFlight();

    /**
     * Malformed frames until the socket is closed, not counting one each second: the client is faulty, or an attacker.
     */
    @WithDefault("50")
    @Min(1)
    int maxBadFrames();

    /** Sockets of one user on one replica: some devices with some tabs each. */
    @WithDefault("100")
    @Min(1)
    int maxSocketsPerUser();

    /** Requests, and messages of a batch, that one user may send a second to one replica: faster than anyone types. */
    @WithDefault("500")
    @Min(1)
    int sendsPerSecond();

    /**
     * The burst of sends of one user after a time without any, such as when a device reconnects with unsent messages.
     */
    @WithDefault("2500")
    @Min(1)
    int sendBurst();

    /**
     * The period over which a draining replica closes its sockets. Their clients reconnect to the others, which accept
     * some thousand a second. Shorter than {@code quarkus.shutdown.delay}; without that delay all are closed at once.
     */
    @WithDefault("4S")
    Duration drainPeriod();

    /**
     * The longest time that a drained client is asked to wait before it reconnects, so that not all reconnect at once.
     */
    @WithDefault("2S")
    Duration drainSpread();
}
