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

/** A request on a connection that it has to itself until it ends. Used on the event loop of the connection. */
public final class UpstreamRequest {

    /** Is notified of the progress of a request, on the event loop of the connection; not after {@link #reset}. */
    public interface Listener {

        /**
         * There is a connection: the request can be written. May come before {@link ConnectionPool#acquire} has
         * returned.
         */
        void onConnected(UpstreamRequest request);

        /** There is none; nothing has been sent. May come before {@link ConnectionPool#acquire} has returned. */
        void onConnectFailure(Throwable cause);

        /**
         * An interim answer (RFC 9110, 15.2), of which there may be several before the answer; neither {@code 100}, which
         * is between the gateway and the service, nor a switch of protocols, which is an answer.
         */
        default void onInterimResponse(int status, MultiMap headers) {}

        /** The head of the answer is here. */
        void onResponse(UpstreamResponse response);

        /** There is no answer, or no more of it. */
        void onFailure(Throwable cause);

        /** One of these methods, or the reader of the response, has thrown this. Nothing else is called afterwards. */
        default void onDefect(RuntimeException defect) {
            onFailure(defect);
        }
    }

    /** The bound of interim responses that are passed on. */
    private static final int MAX_INTERIM_RESPONSES = 16;

    private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("Keep-Alive");

    private final UpstreamConnection connection;
    private final ContextInternal context;
    private final Listener listener;
    private final HttpMethod method;
    private final String uri;
    private final HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
    /** Of the first thing that was written; null before. */
    private ChannelFuture written;

    private boolean ended;
    private Runnable drainHandler;
    private UpstreamResponse response;
    /** Whether the service keeps the connection for another request. */
    private boolean keepAlive;
    /** Between the head of an interim answer and its end. */
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

    /** Of those that frame the body only {@code Content-Length}, where there is no {@link #chunked}. */
    public MultiMap headers() {
        return headers;
    }

    /** Sends the body chunked, since its length is unknown. */
    public void chunked() {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }

    public void write(Buffer chunk) {
        writeHead();
        note(connection.write(new DefaultHttpContent(BufferConversion.of(chunk))));
    }

    /** Without a body, if nothing has been written. */
    public void end() {
        ended = true;
        note(connection.write(written == null ? fullRequest() : LastHttpContent.EMPTY_LAST_CONTENT));
    }

    /** With the whole body at once. */
    public void end(Buffer body) {
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
        writeHead();
        ended = true;
        note(connection.write(new DefaultLastHttpContent(BufferConversion.of(body))));
    }

    /** With these trailers, after a {@link #chunked} body. */
    public void end(MultiMap trailers) {
        writeHead();
        ended = true;
        DefaultLastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        trailers.forEach((name, value) -> last.trailingHeaders().add(name, value));
        note(connection.write(last));
    }

    /** Whether for certain nothing of it has left. */
    public boolean isUnsent() {
        return written == null || (written.isDone() && !written.isSuccess());
    }

    /** Whether the service does not take what has been written, so that more would pile up. */
    public boolean isWriteQueueFull() {
        return !connection.isWritable();
    }

    /** @param drained is called whenever the service has taken what had piled up */
    public void onDrained(Runnable drained) {
        this.drainHandler = drained;
    }

    /** Ends it, whatever it has come to. A connection on which it has begun carries nothing else. */
    public void reset() {
        if (!over) {
            over = true;
            connection.requestEnded(written == null);
        }
    }

    /** The connection as a socket, after a switch of protocols; it is not read before it is resumed. */
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
        context.dispatch(message, this::take);
    }

    void drained() {
        if (drainHandler != null && !over) {
            context.dispatch(() -> guarded(drainHandler));
        }
    }

    void connectionLost(Throwable cause) {
        // What is here whole will be read to its end.
        if (!over && (response == null || !response.isComplete())) {
            over = true;
            context.dispatch(cause, failure -> guarded(() -> listener.onFailure(failure)));
        }
    }

    /** The answer has been read to its end. */
    void responseEnded() {
        if (!over) {
            over = true;
            // Who answers before all was sent may not have read the rest.
            connection.requestEnded(ended && keepAlive);
        }
    }

    /** An exception is passed to the listener, which would wait forever otherwise. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            crash(e);
        }
    }

    private void crash(RuntimeException defect) {
        listener.onDefect(defect);
        reset();
    }

    private void take(HttpObject message) {
        try {
            accept(message);
        } catch (RuntimeException e) {
            crash(e);
        }
    }

    private void accept(HttpObject message) {
        if (response != null && response.isComplete()) {
            // Said unasked, while the answer is still being read.
            keepAlive = false;
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpResponse head) {
            interim = isInterim(head.status());
            if (interim) {
                announce(head);
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

    /** Whether the answer is still to come: any of its class may go before it, known or not (RFC 9110, 15.2). */
    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    private void announce(HttpResponse head) {
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
            note(connection.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method.toNetty(), uri, headers)));
        }
    }

    private DefaultFullHttpRequest fullRequest() {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method.toNetty(), uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
    }

    private void note(ChannelFuture first) {
        if (written == null) {
            written = first;
        }
    }
}
