package io.heliograph.message.room;

/** What became of a wish that somebody be in a room, or have a role in it. */
sealed interface Admission {

    record Joined(Member member) implements Admission {}

    /** It is up to them. */
    record Invited(Invitation invitation) implements Admission {}
}
