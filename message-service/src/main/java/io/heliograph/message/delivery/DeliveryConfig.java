package io.heliograph.message.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How changes reach the sockets, and how losses on the way are found. */
@ConfigMapping(prefix = "heliograph.delivery")
interface DeliveryConfig {

    /** How long a missing revision may be on its way before it is read from PostgreSQL. The bus takes 1 to 2 ms. */
    @WithDefault("0.05S")
    Duration gapWait();

    /**
     * How often the heads of the subscribed rooms are compared with PostgreSQL: the longest that a lost last message, or
     * a lost Redis, delays a delivery. One indexed query per {@link #headCheckRooms()} rooms.
     */
    @WithDefault("1S")
    Duration headCheckInterval();

    /** Rooms in one query of the head check: a few milliseconds of the database. */
    @WithDefault("1000")
    @Min(1)
    int headCheckRooms();

    /**
     * How often it is asked whether those who listen are still members: how long someone who was removed while Redis was
     * away may go on listening. One indexed query per room.
     */
    @WithDefault("30S")
    Duration memberCheckInterval();

    /** Pages read at once for those who catch up: half of the pool, so that sends never wait for returners. */
    @WithDefault("8")
    @Min(1)
    int maxReads();

    /**
     * How long a page serves others at the same place after it was read, and a room's latest broadcasts stay at hand
     * after it: when a replica dies its people come back over some seconds, and should cost a query per room and not each.
     */
    @WithDefault("2S")
    Duration pageLifetime();

    /** Bytes of such pages on this replica; past it a page serves only those who wait for it already. */
    @WithDefault("8388608")
    @Min(0)
    long maxKeptPageBytes();

    /** Pages that may wait to be read; past it a subscription ends with a resync. Each page serves all that need it. */
    @WithDefault("10000")
    @Min(1)
    int maxWaitingReads();

    /** Changes read at once, for a gap or for one who comes back. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int pageSize();

    /** Bytes of content read at once, give or take a message: what is large comes in pages of fewer changes. */
    @WithDefault("262144")
    @Min(1)
    long pageBytes();

    /** Changes that may wait behind a gap per room; what is dropped beyond it is read back from PostgreSQL. */
    @WithDefault("1000")
    @Min(1)
    int maxOutOfOrder();

    /**
     * Bytes of a room's latest broadcasts kept while someone catches up with it, so that the last step to live needs no
     * query. One who is further behind reads another page.
     */
    @WithDefault("262144")
    int replayBufferBytes();

    /**
     * Bytes of changes that may wait for one connection; thousands of slow readers must not fill the memory. What does
     * not fit is read back for the reader when it has taken most of them. At twice as much, which only the answers to its
     * own requests can add up to, it is closed.
     */
    @WithDefault("1048576")
    @Min(65_536)
    long maxOutboundBytes();

    /**
     * How long a reader for whom much waits may take nothing at all before it is closed: it does not read any more, or is
     * gone without a word.
     */
    @WithDefault("30S")
    Duration stallTimeout();

    /**
     * Bytes that may wait for a connection while it still gets typing, read and presence events. Below what a slow
     * reader may have waiting in messages by far: those first.
     */
    @WithDefault("65536")
    long maxEphemeralBytes();

    /** How long a join waits for Redis to confirm a subscription; after it the head check has to carry the room. */
    @WithDefault("0.5S")
    Duration subscribeTimeout();

    /** From the loss of the Redis connection, or of its pulse, to the next try. */
    @WithDefault("0.5S")
    Duration reconnectDelay();

    /** How often the bus sends itself a message; when two in a row do not come back, the connection is given up. */
    @WithDefault("2S")
    Duration pulseInterval();
}
