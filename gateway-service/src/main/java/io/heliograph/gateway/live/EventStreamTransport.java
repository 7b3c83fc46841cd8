package io.heliograph.gateway.live;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Server-sent events, each with one frame as its data. */
final class EventStreamTransport implements LiveTransport {

    /** When a browser comes back by itself. */
    static final Buffer BEGINNING = Buffer.buffer("retry: 2000\n\n");

    /** A comment: keeps proxies from closing the connection, and shows that it is gone. */
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private final HttpServerResponse response;

    EventStreamTransport(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public Future<Void> send(Buffer frame) {
        return response.write(Buffer.buffer("data: ").appendBuffer(frame).appendString("\n\n"));
    }

    @Override
    public void ping() {
        if (!isClosed() && !response.writeQueueFull()) {
            response.write(HEARTBEAT.copy());
        }
    }

    @Override
    public boolean hasPong() {
        return false;
    }

    /** Says why, as there is no close code. */
    @Override
    public void close(LiveCloseCode why) {
        if (isClosed()) {
            return;
        }
        if (response.writeQueueFull()) {
            // It does not take what is there already.
            response.reset();
        } else {
            send(LiveFrames.error(null, why.label(), "The stream ends: " + why.reason() + "."));
            response.end();
        }
    }

    @Override
    public boolean isClosed() {
        return response.closed() || response.ended();
    }
}
