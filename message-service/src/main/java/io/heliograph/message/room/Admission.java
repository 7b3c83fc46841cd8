package io.heliograph.message.room;

/** The result of adding a user to a room, or of giving a role. */
sealed interface Admission {

    record Joined(Member member) implements Admission {}

    /** The user is invited, and may accept or decline. */
    record Invited(Invitation invitation) implements Admission {}
}
