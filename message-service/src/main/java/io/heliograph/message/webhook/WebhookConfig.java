package io.heliograph.message.webhook;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits of webhooks, and how changes are posted. {@code heliograph.egress} has the allowed addresses. */
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
     * Webhooks that this replica serves concurrently; 0 leaves them to other replicas. Webhooks with failing endpoints
     * use at most half of them.
     */
    @WithDefault("64")
    @Min(0)
    @Max(1000)
    int maxConcurrent();

    /** Concurrent requests to one endpoint, each for another room. A webhook with {@code batch} has one. */
    @WithDefault("4")
    @Min(1)
    @Max(100)
    int maxRequestsPerWebhook();

    /** The time from a request to the response head. An endpoint should respond before it processes the event. */
    @WithDefault("10S")
    Duration timeout();

    /** The timeout of one connection attempt, short enough to try another address of the same name. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** The part of a response body that is read. Only the status counts; a longer response closes the connection. */
    @WithDefault("16K")
    MemorySize maxResponse();

    /** Changes in one request of a webhook with {@code batch}. */
    @WithDefault("500")
    @Min(1)
    @Max(5000)
    int maxBatch();

    /** Bytes of content in one request of a webhook with {@code batch}; exceeded by at most one message per room. */
    @WithDefault("1M")
    MemorySize maxBatchBytes();

    /** Changes that are read at a time for a webhook without {@code batch}: the most that is repeated after a crash. */
    @WithDefault("100")
    @Min(1)
    @Max(5000)
    int pageSize();

    /** Rooms of one webhook that are read at a time. */
    @WithDefault("50")
    @Min(1)
    @Max(500)
    int maxRooms();

    /** The longest wait after the first failure. It doubles with each failure; the wait is a random part of it. */
    @WithDefault("2S")
    Duration minBackoff();

    /** The longest wait after any failure. */
    @WithDefault("10M")
    Duration maxBackoff();

    /** A webhook whose endpoint has accepted nothing for this long is disabled. */
    @WithDefault("24H")
    Duration giveUpAfter();

    /** How long the previous secret signs as well after a rotation. */
    @WithDefault("24H")
    Duration secretOverlap();

    /** The lease of a replica: how long a webhook stays with a replica that has stopped renewing it. */
    @WithDefault("15S")
    Duration lease();

    /** How often a replica renews its leases. */
    @WithDefault("3S")
    Duration heartbeat();

    /** How long a replica serves one webhook before it serves others that are waiting. */
    @WithDefault("10S")
    Duration turn();

    /** How often a replica looks for webhooks whose lease or wait has expired. */
    @WithDefault("1S")
    Duration pollInterval();

    /** How long changed rooms are collected before they are recorded together: the delay of an idle webhook. */
    @WithDefault("0.05S")
    Duration noteInterval();

    /**
     * How often a part of all cursors is compared with the rooms, to find changes that were not recorded before a
     * crash.
     */
    @WithDefault("1S")
    Duration sweepInterval();

    /** Cursors in such a part, which takes the database some milliseconds. */
    @WithDefault("1000")
    @Min(1)
    int sweepCursors();

    /** How often the backlog is measured. */
    @WithDefault("10S")
    Duration measureInterval();

    /** The requests in the delivery log of a webhook. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int keptDeliveries();

    /** The most changes of a room that {@code redeliver} posts again. */
    @WithDefault("10000")
    @Min(1)
    int maxRedelivered();

    /** Tests of webhooks by one user in a minute. */
    @WithDefault("30")
    @Min(1)
    int testsPerMinute();
}
