package io.heliograph.gateway.websocket;

import io.vertx.core.buffer.Buffer;

/** Finds the boundaries of the WebSocket frames (RFC 6455, 5.2) of a server. It reads lengths and nothing else. */
final class FrameBoundaryTracker {

    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    /** How much of the present head has been seen: its first two bytes, then those of a long length. */
    private int headSeen;

    private int headSize = 2;
    /** Where a long length ends in the head; after it there may be a mask. */
    private int lengthEnd;

    private long length;
    /** Bytes of the present frame after its head. */
    private long remaining;

    /** Whether a frame of another could go out now. */
    boolean isAtBoundary() {
        return headSeen == 0 && remaining == 0;
    }

    /** Follows these bytes; the place after the first frame that ends in them, or -1 if none does. */
    int follow(Buffer bytes) {
        int first = -1;
        int i = 0;
        while (i < bytes.length()) {
            if (remaining > 0) {
                int skipped = (int) Math.min(remaining, bytes.length() - i);
                remaining -= skipped;
                i += skipped;
            } else {
                head(bytes.getByte(i++) & 0xff);
            }
            if (first < 0 && isAtBoundary()) {
                first = i;
            }
        }
        return first;
    }

    private void head(int b) {
        headSeen++;
        if (headSeen == 2) {
            int size = b & ~MASKED;
            int mask = (b & MASKED) == 0 ? 0 : 4;
            headSize = 2 + mask + (size == TWO_BYTES ? 2 : size == EIGHT_BYTES ? 8 : 0);
            length = size < TWO_BYTES ? size : 0;
            lengthEnd = headSize - mask;
        } else if (headSeen > 2 && headSeen <= lengthEnd) {
            length = length << 8 | b;
        }
        if (headSeen == headSize) {
            remaining = length & Long.MAX_VALUE;
            headSeen = 0;
            headSize = 2;
        }
    }
}
