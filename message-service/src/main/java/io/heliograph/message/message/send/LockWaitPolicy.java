package io.heliograph.message.message.send;

/** What a commit does about a room whose row another transaction holds. */
enum LockWaitPolicy {
    /** Leaves its sends out; their outcome is {@link SendResult.Contended}. */
    SKIP,
    /** Waits for it, as long as the lock timeout of the connection says. */
    WAIT
}
