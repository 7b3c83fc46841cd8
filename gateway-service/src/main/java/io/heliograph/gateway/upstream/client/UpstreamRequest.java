package io.heliograph.gateway.upstream.client;

import io.heliograph.gateway.upstream.client.EventLoopPool.PendingAcquire;
import io.heliograph.gateway.upstream.client.UpstreamResponse.BufferConversion;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;

/** A request on a connection that carries no other until it ends. Used on the event loop of the connection. */
public final class UpstreamRequest {

    /** Is notified of the progress of a request, on the event loop of the connection; not after {@link #reset}. */
    public interface Listener {

        /** A connection is available, possibly before {@link ConnectionPool#acquire} has returned. */
        void onConnected(UpstreamRequest request);

        /** No connection is available, possibly before {@link ConnectionPool#acquire} has returned. */
        void onConnectFailure(Throwable cause);

        /**
         * An interim response (RFC 9110, 15.2) has arrived. Not called for {@code 100}, which concerns the gateway
         * only, nor for {@code 101}, which is a final response here.
         */
        default void onInterimResponse(int status, MultiMap headers) {}

        /** The response head has arrived. */
        void onResponse(UpstreamResponse response);

        /** There is no response, or no more of it. */
        void onFailure(Throwable cause);

        /**
         * One of these methods, or the reader of the response, has thrown an exception. Nothing else is called
         * afterwards.
         */
        default void onDefect(RuntimeException defect) {
            onFailure(defect);
        }
    }

    /** The number of interim responses that are forwarded. */
    private static final int MAX_INTERIM_RESPONSES = 16;

    private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("Keep-Alive");

    private final UpstreamConnection connection;
    private final ContextInternal context;
    private final Listener listener;
    private final HttpMethod method;
    private final String uri;
    private final HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
    /** The future of the first write; null before it. */
    private ChannelFuture written;

    private boolean ended;
    private Runnable drainHandler;
    private UpstreamResponse response;
    /** Whether the service keeps the connection open. */
    private boolean keepAlive;
    /** An interim response is being read. */
    private boolean interim;

    private int interims;

    private boolean over;

    UpstreamRequest(UpstreamConnection connection, PendingAcquire acquire, CharSequence authority) {
        this.connection = connection;
        this.context = acquire.context();
        this.listener = acquire.listener();
        this.method = acquire.method();
        this.uri = acquire.uri();
        headers.set(HttpHeaderNames.HOST, authority);
    }

    /** The request headers. {@code Content-Length} may be set, unless the body is {@link #chunked}. */
    public MultiMap headers() {
        return headers;
    }

    /** Sends the body chunked, since its length is unknown. */
    public void chunked() {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }

    public void write(Buffer chunk) {
        writeHead();
        recordWrite(connection.write(new DefaultHttpContent(BufferConversion.of(chunk))));
    }

    /** Ends the request; without a body if nothing has been written. */
    public void end() {
        ended = true;
        recordWrite(connection.write(written == null ? fullRequest() : LastHttpContent.EMPTY_LAST_CONTENT));
    }

    /** Ends the request with this body. */
    public void end(Buffer body) {
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
        writeHead();
        ended = true;
        recordWrite(connection.write(new DefaultLastHttpContent(BufferConversion.of(body))));
    }

    /** Ends a {@link #chunked} body with trailers. */
    public void end(MultiMap trailers) {
        writeHead();
        ended = true;
        DefaultLastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        trailers.forEach((name, value) -> last.trailingHeaders().add(name, value));
        recordWrite(connection.write(last));
    }

    /** Whether nothing of the request has been sent for certain. */
    public boolean isUnsent() {
        return written == null || (written.isDone() && !written.isSuccess());
    }

    /** Whether the service reads too slowly, so that further writes would be buffered. */
    public boolean isWriteQueueFull() {
        return !connection.isWritable();
    }

    /** @param drained is called whenever the write queue has drained */
    public void onDrained(Runnable drained) {
        this.drainHandler = drained;
    }

    /** Ends the request in any state. If it has been written, its connection is closed. */
    public void reset() {
        if (!over) {
            over = true;
            connection.requestEnded(written == null);
        }
    }

    /** Detaches the connection as a socket after a switch of protocols. The socket is paused. */
    public NetSocket detach() {
        over = true;
        return connection.detach();
    }

    UpstreamConnection connection() {
        return connection;
    }

    boolean isHead() {
        return HttpMethod.HEAD.equals(method);
    }

    boolean isOver() {
        return over;
    }

    void notifyConnected() {
        context.dispatch(this, request -> guarded(() -> listener.onConnected(request)));
    }

    void receive(HttpObject message) {
        context.dispatch(message, this::handle);
    }

    void drained() {
        if (drainHandler != null && !over) {
            context.dispatch(() -> guarded(drainHandler));
        }
    }

    void connectionLost(Throwable cause) {
        // A response that has been received completely is still delivered.
        if (!over && (response == null || !response.isComplete())) {
            over = true;
            context.dispatch(cause, failure -> guarded(() -> listener.onFailure(failure)));
        }
    }

    /** The response has been read to its end. */
    void responseEnded() {
        if (!over) {
            over = true;
            // A service that responds before the end of the request may not read the rest of it.
            connection.requestEnded(ended && keepAlive);
        }
    }

    /** Runs the work; an exception is passed to the listener, which would otherwise wait forever. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            onException(e);
        }
    }

    private void onException(RuntimeException defect) {
        listener.onDefect(defect);
        reset();
    }

    private void handle(HttpObject message) {
        try {
            accept(message);
        } catch (RuntimeException e) {
            onException(e);
        }
    }

    private void accept(HttpObject message) {
        if (response != null && response.isComplete()) {
            // Unsolicited data after the response.
            keepAlive = false;
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpResponse head) {
            interim = isInterim(head.status());
            if (interim) {
                onInterim(head);
            } else {
                begin(head);
            }
        }
        if (message instanceof HttpContent content) {
            boolean last = content instanceof LastHttpContent;
            if (interim || over) {
                content.release();
            } else {
                response.receive(content, last);
            }
        }
    }

    /** Whether a final response follows: any status of this class may precede it (RFC 9110, 15.2). */
    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    private void onInterim(HttpResponse head) {
        int status = head.status().code();
        if (status != HttpResponseStatus.CONTINUE.code() && !over && interims < MAX_INTERIM_RESPONSES) {
            interims++;
            listener.onInterimResponse(status, (HeadersMultiMap) head.headers());
        }
    }

    private void begin(HttpResponse head) {
        keepAlive = HttpUtil.isKeepAlive(head);
        String keepAlive = head.headers().get(KEEP_ALIVE);
        if (keepAlive != null) {
            connection.applyKeepAlive(keepAlive);
        }
        response = new UpstreamResponse(this, head);
        listener.onResponse(response);
    }

    private void writeHead() {
        if (written == null) {
            recordWrite(connection.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method.toNetty(), uri, headers)));
        }
    }

    private DefaultFullHttpRequest fullRequest() {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method.toNetty(), uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
    }

    private void recordWrite(ChannelFuture first) {
        if (written == null) {
            written = first;
        }
    }
}
