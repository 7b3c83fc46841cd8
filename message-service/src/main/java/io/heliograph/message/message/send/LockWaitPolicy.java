package io.heliograph.message.message.send;

/** The behaviour of a commit when another transaction holds the row lock of a room. */
enum LockWaitPolicy {
    /** Leaves its sends out; their outcome is {@link SendResult.Contended}. */
    SKIP,
    /** Waits for the lock up to the lock timeout of the connection. */
    WAIT
}
