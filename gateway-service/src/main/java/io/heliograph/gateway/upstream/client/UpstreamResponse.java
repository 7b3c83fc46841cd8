package io.heliograph.gateway.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.impl.VertxHandler;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The response of an instance. Back-pressure: while its reader has paused, at most one read of the socket is buffered.
 */
public final class UpstreamResponse {

    private final UpstreamRequest request;
    private final int status;
    private final HeadersMultiMap headers;
    private final Queue<Buffer> buffered = new ArrayDeque<>(0);
    private Handler<Buffer> reader;
    private Runnable end;
    private boolean paused;
    private boolean complete;
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;

    UpstreamResponse(UpstreamRequest request, HttpResponse head) {
        this.request = request;
        this.status = head.status().code();
        this.headers = (HeadersMultiMap) head.headers();
    }

    public int status() {
        return status;
    }

    public MultiMap headers() {
        return headers;
    }

    /** The first value of a header; null if there is none. */
    public String header(CharSequence name) {
        return headers.get(name);
    }

    /** The trailers; null if there are none. Available once the end handler has been called. */
    public MultiMap trailers() {
        return trailers.isEmpty() ? null : (HeadersMultiMap) trailers;
    }

    /** @param end is called once after the complete body; never if the response is incomplete */
    public void read(Handler<Buffer> reader, Runnable end) {
        this.reader = reader;
        this.end = end;
        flow();
    }

    /** Stops reading until {@link #resume}. */
    public void pause() {
        paused = true;
        request.connection().read(complete);
    }

    public void resume() {
        if (paused) {
            paused = false;
            request.guarded(this::flow);
            request.connection().read(complete || !paused);
        }
    }

    /** Whether the response has been received completely. */
    boolean isComplete() {
        return complete;
    }

    /** @param last whether the response ends with this content */
    void receive(HttpContent content, boolean last) {
        complete = last;
        if (last) {
            trailers = ((LastHttpContent) content).trailingHeaders();
        }
        if (content.content().isReadable()) {
            buffered.add(BufferConversion.of(content.content()));
        } else {
            content.release();
        }
        flow();
    }

    private void flow() {
        while (isFlowing() && !buffered.isEmpty()) {
            reader.handle(buffered.remove());
        }
        if (isFlowing() && complete && end != null) {
            Runnable ending = end;
            end = null;
            ending.run();
            request.responseEnded();
        }
    }

    private boolean isFlowing() {
        return reader != null && !paused && !request.isOver();
    }

    /** Converts between the buffers of Netty and of Vert.x. */
    @SuppressWarnings("deprecation") // Vert.x 5 has the same in an internal interface, which Vert.x 4 has not.
    static final class BufferConversion {

        private BufferConversion() {}

        /** The buffer as one of Netty, without a copy. */
        static ByteBuf of(Buffer buffer) {
            return buffer.getByteBuf();
        }

        /** A copy of what was read, which needs no release; the original is released. */
        static Buffer of(ByteBuf read) {
            return Buffer.buffer(VertxHandler.safeBuffer(read));
        }
    }
}
