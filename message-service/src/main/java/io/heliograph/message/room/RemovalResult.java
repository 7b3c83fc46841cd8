package io.heliograph.message.room;

/** The effect of the removal of a member. */
enum RemovalResult {
    /** There was no such member, and no invitation. */
    NONE,
    /** There was an invitation, and no member. */
    OF_THE_INVITATION,
    OF_THE_MEMBER,
    /** It was the last member of a private room. */
    OF_THE_ROOM
}
