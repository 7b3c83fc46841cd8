package io.heliograph.message.delivery;

/** How a socket that reads too slowly is handled, the mildest action first. */
enum SlowConsumerAction {
    /** An ephemeral event is dropped. */
    EPHEMERAL_DROPPED,
    /** A room's changes did not fit, and are read back for it as it takes them. */
    REPLAYED,
    /** It is closed, and has to come back. */
    CLOSED
}
