package io.heliograph.message.message.send;

/** Who waits for the answer to a send. */
enum SendPriority {
    /** A client. */
    LIVE,
    /** A job. It is committed in the time that live sends leave, and at least in the share that {@link SendConfig} says. */
    BACKGROUND
}
