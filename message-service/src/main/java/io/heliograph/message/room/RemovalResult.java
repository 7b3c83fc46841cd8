package io.heliograph.message.room;

import java.util.UUID;

/**
 * The effect of the removal of a member.
 *
 * @param heir the member who became an owner because no owner was left; null for none
 */
record RemovalResult(Effect effect, UUID heir) {

    enum Effect {
        /** There was no such member, and no invitation. */
        NONE,
        /** There was an invitation, but no member. */
        OF_THE_INVITATION,
        OF_THE_MEMBER,
        /** It was the last member of a private room. */
        OF_THE_ROOM
    }

    static RemovalResult of(Effect effect) {
        return new RemovalResult(effect, null);
    }

    boolean isNone() {
        return effect == Effect.NONE;
    }
}
