package io.heliograph.gateway.upstream.client;

import java.io.Serial;

/** All connections are in use, and too many requests wait for one, or this one has for too long. */
public final class PoolExhaustedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    PoolExhaustedException(String message) {
        // No stack: it comes in thousands, and when there is too much to do already.
        super(message, null, false, false);
    }
}
