package io.heliograph.message.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How people come into rooms, how many they may have, and how what is gone is cleared away. */
@ConfigMapping(prefix = "heliograph.rooms")
interface RoomConfig {

    /** What happens to a person whom an owner adds. */
    enum AddPolicy {
        /** They are in the room, as inside a company; who left it before is asked. */
        DIRECT,
        /** They are asked. */
        INVITATION
    }

    /** What adding a person to a room does: {@code direct} makes them a member, {@code invitation} invites them. */
    @WithDefault("direct")
    AddPolicy addPolicy();

    /** Invitations that wait for one person: a list that others make grow. */
    @WithDefault("1000")
    @Min(1)
    int maxInvitations();

    /** People whom one person has blocked. */
    @WithDefault("1000")
    @Min(1)
    int maxBlocks();

    /** Rooms that one person owns. Who inherits a room from another may come to own more. */
    @WithDefault("1000")
    @Min(1)
    int maxOwned();

    /** Rooms that one person is in: what a client loads at its start, and what is searched for them. */
    @WithDefault("5000")
    @Min(1)
    int maxMemberships();

    /** Rooms that one person joins in a minute, on one replica: a client that sets itself up, but no endless coming and going. */
    @WithDefault("600")
    @Min(1)
    int joinsPerMinute();

    /** People whom one person adds, invites or offers ownership in a minute, on one replica; a batch counts once. */
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

    /** How long it is known where a room was in the directory before it was renamed; longer than any walk goes on. */
    @WithDefault("1H")
    Duration placeMemory();

    /** How often it is looked for what another replica left half done. Nobody waits for it. */
    @WithDefault("60S")
    Duration purgeInterval();
}
