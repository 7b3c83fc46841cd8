package io.heliograph.message.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How changes reach the sockets, and how losses on the way are found. */
@ConfigMapping(prefix = "heliograph.delivery")
interface DeliveryConfig {

    /** How long to wait for a missing revision before it is read from PostgreSQL. The bus takes 1 to 2 ms. */
    @WithDefault("0.05S")
    Duration gapWait();

    /**
     * How often the heads of the subscribed rooms are compared with PostgreSQL: the longest delay of a delivery if a
     * last message is lost, or Redis is unavailable. One indexed query per {@link #headCheckRooms()} rooms.
     */
    @WithDefault("1S")
    Duration headCheckInterval();

    /** Rooms in one query of the head check: a few milliseconds of the database. */
    @WithDefault("1000")
    @Min(1)
    int headCheckRooms();

    /**
     * How often the membership of subscribers is checked: the longest time for which a member who was removed while
     * Redis was unavailable still receives messages. One indexed query per {@link #memberCheckUsers()} subscriptions, one
     * after the other.
     */
    @WithDefault("30S")
    Duration memberCheckInterval();

    /** Subscriptions in one query of the member check: a few milliseconds of the database. */
    @WithDefault("1000")
    @Min(1)
    int memberCheckUsers();

    /**
     * Concurrent reads of changes, for gaps and for subscriptions that catch up: half of the pool, so that they never
     * block sends.
     */
    @WithDefault("8")
    @Min(1)
    int maxReads();

    /**
     * How long a page is shared with other subscriptions at the same position after it was read, and the latest
     * broadcasts of a room are kept after it: when a replica dies its clients reconnect over some seconds, and should
     * cost a query per room instead of one each.
     */
    @WithDefault("2S")
    Duration pageLifetime();

    /** Bytes of such pages on this replica; past it a page serves only the subscriptions that wait for it already. */
    @WithDefault("8388608")
    @Min(0)
    long maxKeptPageBytes();

    /**
     * Reads that may wait; past it a subscription ends with a resync, and a gap is filled after the next head check. One
     * page serves all subscriptions at its position.
     */
    @WithDefault("10000")
    @Min(1)
    int maxWaitingReads();

    /** Changes per read, for a gap or for a subscription that catches up. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int pageSize();

    /** Bytes of content per read, plus at most one message: large contents are read in pages of fewer changes. */
    @WithDefault("262144")
    @Min(1)
    long pageBytes();

    /** Changes per room that are kept behind a gap; changes beyond it are dropped and read from PostgreSQL. */
    @WithDefault("1000")
    @Min(1)
    int maxOutOfOrder();

    /**
     * Bytes of a room's latest broadcasts that are kept while a subscription catches up, so that the change to live
     * delivery needs no query. A subscription that is further behind reads another page.
     */
    @WithDefault("262144")
    int replayBufferBytes();

    /**
     * Bytes of changes that may be queued for one connection, so that thousands of slow readers do not fill the memory.
     * Changes that do not fit are read back when the client has read most of its queue. A connection whose queue is
     * twice as long, which only replies to its own requests can cause, is closed.
     */
    @WithDefault("1048576")
    @Min(65_536)
    long maxOutboundBytes();

    /**
     * How long a client with much in its queue may read nothing before it is closed: it has stopped reading, or its
     * network is gone.
     */
    @WithDefault("30S")
    Duration stallTimeout();

    /**
     * Bytes that may be queued for a connection while it still gets typing, read and presence events. Far below the
     * limit for messages, which take precedence.
     */
    @WithDefault("65536")
    long maxEphemeralBytes();

    /**
     * How long a join waits for Redis to confirm a subscription; after it the head check delivers the changes of other
     * replicas until Redis does.
     */
    @WithDefault("0.5S")
    Duration subscribeTimeout();

    /** The time from the loss of the Redis connection, or of its pulse, to the next attempt. */
    @WithDefault("0.5S")
    Duration reconnectDelay();

    /** How often the bus publishes to itself; when two messages in a row do not arrive, the connection is dropped. */
    @WithDefault("2S")
    Duration pulseInterval();
}
