package io.heliograph.message.delivery;

/** What is done about a socket that takes less than there is to tell, the mildest first. */
enum SlowConsumerAction {
    /** It is not told of what may be lost. */
    EPHEMERAL_DROPPED,
    /** A room's changes did not fit, and are read back for it as it takes them. */
    REPLAYED,
    /** It is closed, and has to come back. */
    CLOSED
}
