package io.heliograph.message.delivery;

/** How a socket that reads too slowly is handled, the mildest action first. */
enum SlowConsumerAction {
    /** An ephemeral event is dropped. */
    EPHEMERAL_DROPPED,
    /** The changes of a room did not fit, and are read back as the client reads. */
    REPLAYED,
    /** The socket is closed, and the client has to reconnect. */
    CLOSED
}
