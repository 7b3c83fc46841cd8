package io.heliograph.message.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The events of an account: what a connected user hears of rooms that the connection has not joined. */
@ConfigMapping(prefix = "heliograph.account")
interface AccountConfig {

    /** How often at most a connection gets the unread count of one room, and the service reads what is new in it. */
    @WithDefault("1S")
    Duration unreadInterval();

    /**
     * How often the rooms and accounts of connected users are compared with PostgreSQL: the longest that a lost signal
     * delays an event. One indexed query for each thousand of them.
     */
    @WithDefault("10S")
    Duration checkInterval();

    /**
     * Memberships of connected users that this replica follows, at some 150 bytes. A user who connects past it is told
     * that events are missing, and has to read the rooms again from time to time.
     */
    @WithDefault("200000")
    @Min(1)
    int maxMemberships();

    /** Rooms of one user that are followed, the newest, so that no user takes the places of others. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int maxRoomsPerUser();

    /** Rooms whose newest messages are known in memory, to count what is unread: some kilobytes each. */
    @WithDefault("2000")
    @Min(1)
    int maxTails();
}
