package io.heliograph.message.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Admission to rooms, the number of rooms of a user, and the removal of deleted data. */
@ConfigMapping(prefix = "heliograph.rooms")
interface RoomConfig {

    /** The effect of adding a user. */
    enum AddPolicy {
        /** The user becomes a member, as inside of a company; a user who left the room before is invited. */
        DIRECT,
        /** The user is invited. */
        INVITATION
    }

    /** The effect of adding a user to a room: {@code direct} makes them a member, {@code invitation} invites them. */
    @WithDefault("direct")
    AddPolicy addPolicy();

    /** Invitations that may wait for one user: other users can add to this list. */
    @WithDefault("1000")
    @Min(1)
    int maxInvitations();

    /** Users whom one user may block. */
    @WithDefault("1000")
    @Min(1)
    int maxBlocks();

    /** Users who are banned from one room: more than an owner would read through. */
    @WithDefault("10000")
    @Min(1)
    int maxBans();

    /** Rooms that one user may own. A user who inherits a room may come to own more. */
    @WithDefault("1000")
    @Min(1)
    int maxOwned();

    /** Rooms that one user may be in: a client loads all of them at its start, and a search covers them. */
    @WithDefault("5000")
    @Min(1)
    int maxMemberships();

    /** Rooms that one user may join in a minute, on one replica: enough for the first start of a client. */
    @WithDefault("600")
    @Min(1)
    int joinsPerMinute();

    /** Users whom one user may add, invite, ban or offer ownership in a minute, on one replica; a batch counts once. */
    @WithDefault("120")
    @Min(1)
    int addsPerMinute();

    /** Messages deleted in one transaction: some tens of milliseconds of the database. */
    @WithDefault("2000")
    @Min(1)
    @Max(100_000)
    int purgeChunk();

    /** Rooms that a deleted account leaves in one transaction, which holds their locks: some milliseconds. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int leaveChunk();

    /** How long the former place of a renamed room in the directory is kept; longer than any walk lasts. */
    @WithDefault("1H")
    Duration placeMemory();

    /** How often the replica looks for work that another replica has left unfinished. No caller waits for it. */
    @WithDefault("60S")
    Duration purgeInterval();
}
