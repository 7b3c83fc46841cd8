package io.heliograph.message.message.send;

/** What a commit does when another transaction holds the row lock of a room. */
enum LockWaitPolicy {
    /** Leaves its sends out; their outcome is {@link SendResult.Contended}. */
    SKIP,
    /** Waits for it, as long as the lock timeout of the connection says. */
    WAIT
}
