package io.heliograph.message.overload;

import java.time.Duration;

/** A client that opens a socket or joins a room. Its methods are called from any thread and must not block. */
public interface Arrival {

    /** What it is. Where both kinds wait they take turns, so that neither keeps the other out. */
    enum Kind {
        /** On a socket that is open. */
        JOIN,
        /** Of a socket. */
        OPENING
    }

    Kind kind();

    /** It may go on. */
    void admit();

    /** It may not go on and should come back after this time. Never called for a join that waits. */
    void reject(Duration retryAfter);

    /** Whether it is still there to be admitted. */
    boolean isPresent();
}
