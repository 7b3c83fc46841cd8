package io.heliograph.user.session;

/** The result of a refresh token rotation. */
sealed interface RotationResult {

    /** The token was valid, and is now spent for these tokens. */
    record Renewed(Session session, TokenPair pair) implements RotationResult {}

    /** The token was spent within the reuse interval: a retry or a parallel request, which gets the same tokens. */
    record Repeated(Session session, TokenPair pair) implements RotationResult {}

    /** The token was spent longer ago than the reuse interval, so it is assumed to be stolen: its session has ended. */
    record Replayed(Session session) implements RotationResult {}

    /** The token is unknown or expired. */
    record Unknown() implements RotationResult {}
}
