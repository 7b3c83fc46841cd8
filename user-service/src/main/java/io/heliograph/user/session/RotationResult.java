package io.heliograph.user.session;

/** What became of a refresh token that was presented. */
sealed interface RotationResult {

    /** It was good, and is spent now for these tokens. */
    record Renewed(Session session, TokenPair pair) implements RotationResult {}

    /** It was spent a moment ago: the answer was lost, or two asked at once. They get the same tokens. */
    record Repeated(Session session, TokenPair pair) implements RotationResult {}

    /** It was spent long before: one of the two who had it stole it, so their session is gone. */
    record Replayed(Session session) implements RotationResult {}

    /** It is not known, or no longer. */
    record Unknown() implements RotationResult {}
}
