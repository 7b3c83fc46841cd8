package io.heliograph.message.webhook;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How many webhooks there may be, and how changes are posted to them. Where they may lead is said by {@code heliograph.egress}. */
@ConfigMapping(prefix = "heliograph.webhooks")
interface WebhookConfig {

    /** Webhooks of one owner. */
    @WithDefault("100")
    @Min(1)
    int maxPerOwner();

    /** Webhooks in all. */
    @WithDefault("10000")
    @Min(1)
    int maxWebhooks();

    /**
     * Webhooks that this replica serves at once; 0 leaves them to other replicas. Those whose endpoints fail get at most
     * half of the places.
     */
    @WithDefault("64")
    @Min(0)
    @Max(1000)
    int maxConcurrent();

    /** Requests to one endpoint at once, each of another room. A webhook with {@code batch} has one. */
    @WithDefault("4")
    @Min(1)
    @Max(100)
    int maxRequestsPerWebhook();

    /** From a request to the head of its answer. An endpoint that does its work first and answers then runs into it. */
    @WithDefault("10S")
    Duration timeout();

    /** For one attempt to connect, so that another address of the same name can still be tried. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** How much of an answer is read. Only its status counts; beyond this the connection is closed. */
    @WithDefault("16K")
    MemorySize maxResponse();

    /** Changes in one request of a webhook with {@code batch}. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int maxBatch();

    /** Bytes of content in one request of a webhook with {@code batch}, give or take a message of each room. */
    @WithDefault("1M")
    MemorySize maxBatchBytes();

    /** Changes that are read at once for a webhook without {@code batch}: what a crash repeats at most. */
    @WithDefault("100")
    @Min(1)
    @Max(5000)
    int pageSize();

    /** Rooms of one webhook that are read at once. */
    @WithDefault("50")
    @Min(1)
    @Max(500)
    int maxRooms();

    /** The longest wait after the first failure; it doubles with each further one, and a random part of it is waited. */
    @WithDefault("2S")
    Duration minBackoff();

    /** The longest wait after any failure. */
    @WithDefault("10M")
    Duration maxBackoff();

    /** A webhook whose endpoint has taken nothing for this long is disabled. */
    @WithDefault("24H")
    Duration giveUpAfter();

    /** How long the secret before the last rotation goes on signing. */
    @WithDefault("24H")
    Duration secretOverlap();

    /** How long a webhook stays with a replica that is not heard of. */
    @WithDefault("15S")
    Duration lease();

    /** How often a replica renews its leases. */
    @WithDefault("3S")
    Duration heartbeat();

    /** How long a replica serves one webhook before others that wait have their turn. */
    @WithDefault("10S")
    Duration turn();

    /** How often a replica looks for webhooks that others have left or whose wait is over. */
    @WithDefault("1S")
    Duration pollInterval();

    /** How long changed rooms gather before they are noted together: the delay of an idle webhook. */
    @WithDefault("0.05S")
    Duration noteInterval();

    /** How often a part of all cursors is compared with the rooms, for changes that a crash left unnoted. */
    @WithDefault("1S")
    Duration sweepInterval();

    /** Cursors in such a part: some milliseconds of the database. */
    @WithDefault("1000")
    @Min(1)
    int sweepCursors();

    /** How often the backlog is measured. */
    @WithDefault("10S")
    Duration measureInterval();

    /** Requests of each webhook that its owner can look at. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int keptDeliveries();

    /** Changes of a room that {@code redeliver} goes back, at most. */
    @WithDefault("10000")
    @Min(1)
    int maxRedelivered();

    /** How often a person may test webhooks in a minute. */
    @WithDefault("30")
    @Min(1)
    int testsPerMinute();
}
