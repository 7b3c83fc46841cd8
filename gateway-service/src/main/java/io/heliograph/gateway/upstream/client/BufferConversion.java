package io.heliograph.gateway.upstream.client;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.VertxHandler;

/** Converts between the buffers of Netty and of Vert.x. */
@SuppressWarnings("deprecation") // Vert.x 5 has the same in an internal interface, which Vert.x 4 has not.
final class BufferConversion {

    private BufferConversion() {}

    /** To be written, with no copy. */
    static ByteBuf of(Buffer buffer) {
        return buffer.getByteBuf();
    }

    /** What was read, for as long as anyone wants it; the original is released. */
    static Buffer of(ByteBuf read) {
        return Buffer.buffer(VertxHandler.safeBuffer(read));
    }
}
