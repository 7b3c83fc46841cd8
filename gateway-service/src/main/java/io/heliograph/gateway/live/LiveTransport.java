package io.heliograph.gateway.live;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The connection of one watcher, used on its event loop. */
interface LiveTransport {

    /** Completes once the frame has left this process. */
    Future<Void> send(Buffer frame);

    /** Asks for a sign of life, where there can be one. */
    void ping();

    /** Whether the other side answers a {@link #ping}. */
    boolean hasPong();

    void close(LiveCloseCode why);

    boolean isClosed();
}
