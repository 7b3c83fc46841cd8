package io.heliograph.message.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Account events: events of rooms that a connection has not joined. */
@ConfigMapping(prefix = "heliograph.account")
interface AccountConfig {

    /** The shortest time between two unread counts of one room for a connection, and between two reads of its new messages. */
    @WithDefault("1S")
    Duration unreadInterval();

    /**
     * How often the rooms and accounts of connected users are compared with PostgreSQL, in one indexed query for each
     * thousand of them. A lost signal delays an event by this long at most.
     */
    @WithDefault("10S")
    Duration checkInterval();

    /**
     * Memberships of connected users that this replica keeps, at some 150 bytes each. Past it, a user who connects gets
     * {@code partial} in the {@code account} frame, and no events: the client has to read the rooms periodically.
     */
    @WithDefault("200000")
    @Min(1)
    int maxMemberships();

    /** Rooms of one user that are kept, the newest ones, so that no user displaces others. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int maxRoomsPerUser();

    /** Rooms whose newest messages are kept in memory to count unread messages, at some kilobytes each. */
    @WithDefault("2000")
    @Min(1)
    int maxTails();
}
