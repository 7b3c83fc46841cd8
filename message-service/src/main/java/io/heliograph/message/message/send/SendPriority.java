package io.heliograph.message.message.send;

/** The kind of caller that waits for the result of a send. */
enum SendPriority {
    /** A client. */
    LIVE,
    /** A job. It is committed in the time that live sends leave, but gets at least the share of {@link SendConfig}. */
    BACKGROUND
}
