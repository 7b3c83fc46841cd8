package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Drain;
import io.heliograph.gateway.pipeline.ExchangeMetrics;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.security.CorsPolicy;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Serializes the requests of one HTTP/1 connection: a request is forwarded once the response to the previous one is
 * complete, and none is forwarded after a response with {@code Connection: close}, because the bytes after a rejected
 * request may not be a request. After a switch of protocols everything passes unchanged.
 */
final class PipeliningHandler extends ChannelDuplexHandler {

    private final ConnectionConfig config;
    private final Drain drain;
    private final ExchangeMetrics metrics;
    private final CorsPolicy cors;
    private final HeaderTimeoutHandler headerTimeout;
    /** Messages that cannot be forwarded yet. While there are any, the socket is not read. */
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(0);

    private ChannelHandlerContext context;
    /** A request has been forwarded and its response is not complete. */
    private boolean busy;
    /** The body of that request is not complete. */
    private boolean receiving;
    /** The head of its response has been written. */
    private boolean responding;
    /** That response has {@code Connection: close}. */
    private boolean last;
    /** All further input is dropped. */
    private boolean discardInput;
    /** The request was rejected by this handler; a response of the application is dropped. */
    private boolean rejected;

    private boolean readPending;
    /** The {@code Origin} of the latest request; null if it has none. */
    private String origin;
    /** The protocol of the connection was switched. */
    private boolean switched;
    /** The client has shut down its output; its requests are still responded to. */
    private boolean halfClosed;
    /** The number of messages written. */
    private long written;
    /** Whether the last body had trailers. */
    private boolean hadTrailers;

    PipeliningHandler(
            ConnectionConfig config,
            Drain drain,
            ExchangeMetrics metrics,
            CorsPolicy cors,
            HeaderTimeoutHandler headerTimeout) {
        this.config = config;
        this.drain = drain;
        this.metrics = metrics;
        this.cors = cors;
        this.headerTimeout = headerTimeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropWaiting();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        dropWaiting();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object)) {
            ctx.fireChannelRead(message);
        } else if (discardInput || (last && message instanceof HttpRequest)) {
            discardInput = true;
            ReferenceCountUtil.release(message);
        } else if (!waiting.isEmpty() || (busy && message instanceof HttpRequest)) {
            enqueue(object);
        } else {
            forward(object);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            onInputShutdown();
        } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (waiting.isEmpty()) {
            ctx.read();
        } else {
            readPending = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (rejected && message instanceof HttpObject) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response) {
            begin(response);
        }
        written++;
        ctx.write(message, promise);
        if (responding && message instanceof LastHttpContent) {
            busy = false;
            responding = false;
            finishRequest();
        }
    }

    /** The headers of a request have not arrived in time. */
    void onHeaderTimeout() {
        reject(Problem.REQUEST_TIMEOUT);
    }

    private void forward(HttpObject object) {
        if (object instanceof HttpRequest request) {
            headerTimeout.headersComplete();
            origin = request.headers().get(HttpHeaderNames.ORIGIN);
            request.setUri(RequestTarget.encoded(request.uri()));
            Problem fault = RequestHeadValidator.validate(request);
            if (fault != null) {
                reject(fault);
                return;
            }
            if (hadTrailers) {
                hadTrailers = false;
                context.channel().attr(RequestTrailers.HTTP1).set(null);
            }
            busy = true;
            receiving = true;
        } else if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(object);
            reject(Problem.INVALID_REQUEST);
            return;
        }
        boolean end = object instanceof LastHttpContent;
        if (end && !((LastHttpContent) object).trailingHeaders().isEmpty()) {
            hadTrailers = true;
            context.channel().attr(RequestTrailers.HTTP1).set(((LastHttpContent) object).trailingHeaders());
        }
        context.fireChannelRead(object);
        if (end) {
            receiving = false;
            finishRequest();
        }
    }

    /** A client may shut down its output after a complete request and still read the response; otherwise it is gone. */
    private void onInputShutdown() {
        boolean whole = busy && !receiving && !switched && !rejected;
        if (!whole || isLastWaitingIncomplete()) {
            context.close();
            return;
        }
        halfClosed = true;
        watchHalfClosed();
    }

    /** A client that is gone is detected by writes only, so a half-closed connection without writes is closed. */
    private void watchHalfClosed() {
        long before = written;
        context.executor()
                .schedule(
                        () -> {
                            if (written == before) {
                                context.close();
                            } else {
                                watchHalfClosed();
                            }
                        },
                        config.halfClosedTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private boolean isLastWaitingIncomplete() {
        return !waiting.isEmpty() && !(waiting.peekLast() instanceof LastHttpContent);
    }

    private void enqueue(HttpObject object) {
        waiting.add(object);
        if (waiting.size() > config.maxPipelined()) {
            discardInput = true;
            dropWaiting();
            context.close();
        }
    }

    private void begin(HttpResponse response) {
        if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            switched = true;
            if (!waiting.isEmpty()) {
                // The client sent data of the new protocol before the switch; the HTTP decoder has consumed it.
                context.close();
            }
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            responding = true;
            if (drain.isUnderWay() || (halfClosed && waiting.isEmpty())) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            last = response.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        }
    }

    /** Forwards the next request once a request and its response are both complete. */
    private void finishRequest() {
        if (busy || receiving || rejected) {
            return;
        }
        if (last || (halfClosed && waiting.isEmpty())) {
            discardInput = true;
            dropWaiting();
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            headerTimeout.requestComplete();
            if (!waiting.isEmpty()) {
                context.executor().execute(this::forwardWaiting);
            }
        }
    }

    private void forwardWaiting() {
        while (!waiting.isEmpty() && !(busy && waiting.peek() instanceof HttpRequest)) {
            forward(waiting.poll());
        }
        // Vert.x flushes responses at the end of a read only.
        context.fireChannelReadComplete();
        if (waiting.isEmpty() && readPending) {
            readPending = false;
            context.read();
        }
    }

    private void reject(Problem problem) {
        discardInput = true;
        rejected = true;
        dropWaiting();
        headerTimeout.stop();
        metrics.malformed(problem);
        if (responding) {
            context.close();
        } else {
            ConnectionErrorResponse.writeAndClose(context, problem, origin, cors);
        }
    }

    private void dropWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
