package io.heliograph.message.websocket;

import io.heliograph.message.limit.TokenBucket;

/** How many malformed frames a client may send, of which one a second is forgiven. Used only on the event loop of the socket. */
final class MalformedFrames {

    private static final int FORGIVEN_A_SECOND = 1;

    private final SocketConfig config;
    /** Null before the first: most clients send none. */
    private TokenBucket left;

    MalformedFrames(SocketConfig config) {
        this.config = config;
    }

    /** Counts one more; returns whether these are too many. */
    boolean isOneTooMany() {
        if (left == null) {
            left = new TokenBucket(FORGIVEN_A_SECOND, config.maxBadFrames(), System::nanoTime);
        }
        return !left.admits();
    }
}
