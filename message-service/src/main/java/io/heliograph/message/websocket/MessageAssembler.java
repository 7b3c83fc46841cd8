package io.heliograph.message.websocket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/** Puts the fragments of a text message together, up to a limit. */
final class MessageAssembler {

    private final int maxBytes;
    private Buffer fragments;
    private boolean skipping;

    MessageAssembler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the whole message if this was its last frame, else null. Rejects a message only once. */
    Buffer add(WebSocketFrame frame) throws RequestException {
        if (!frame.isText() && !frame.isContinuation()) {
            if (frame.isBinary()) {
                skipping = !frame.isFinal();
                throw RequestException.malformed(null, "invalid_request", "frames are text");
            }
            return null;
        }
        if (skipping) {
            skipping = !frame.isFinal();
            return null;
        }
        return frame.isText() && frame.isFinal() ? frame.binaryData() : gather(frame);
    }

    private Buffer gather(WebSocketFrame frame) throws RequestException {
        Buffer gathered = fragments == null ? Buffer.buffer() : fragments;
        fragments = frame.isFinal() ? null : gathered;
        gathered.appendBuffer(frame.binaryData());
        if (gathered.length() > maxBytes) {
            fragments = null;
            skipping = !frame.isFinal();
            throw RequestException.malformed(null, "message_too_large", "a message has at most " + maxBytes + " bytes");
        }
        return frame.isFinal() ? gathered : null;
    }
}
