package io.heliograph.message.overload;

import java.time.Duration;

/** A client that opens a socket or joins a room. Its methods are called from any thread and must not block. */
public interface Arrival {

    /** The kind of an arrival. While both kinds wait they are admitted in turns, so that neither delays the other. */
    enum Kind {
        /** A join on an open socket. */
        JOIN,
        /** The opening of a socket. */
        OPENING
    }

    Kind kind();

    /** Lets it continue. */
    void admit();

    /** Rejects it; the client should retry after this time. Never called for a join that waits. */
    void reject(Duration retryAfter);

    /** Whether its client is still connected. */
    boolean isPresent();
}
