package io.heliograph.message.websocket;

import io.heliograph.message.limit.TokenBucket;

/** Limits the malformed frames of a client, not counting one each second. Used only on the event loop of the socket. */
final class MalformedFrames {

    private static final int FORGIVEN_A_SECOND = 1;

    private final SocketConfig config;
    /** Null before the first: most clients send none. */
    private TokenBucket left;

    MalformedFrames(SocketConfig config) {
        this.config = config;
    }

    /** Counts a frame; returns whether the limit is exceeded. */
    boolean isOneTooMany() {
        if (left == null) {
            left = new TokenBucket(FORGIVEN_A_SECOND, config.maxBadFrames(), System::nanoTime);
        }
        return !left.admits();
    }
}
