package io.heliograph.user.session;

/** What became of a refresh token that was presented. */
sealed interface Rotation {

    /** It was good, and is spent now. */
    record Renewed(Session session) implements Rotation {}

    /** It was spent before: one of the two who had it stole it, so their session is gone. */
    record Replayed(Session session) implements Rotation {}

    /** It is not known, or no longer. */
    record Unknown() implements Rotation {}
}
