package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.http.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * Validates the frames between the connection and Vert.x. A malformed request, or an exception while it is processed,
 * ends its stream and not the connection.
 */
final class Http2FrameValidator extends Http2FrameListenerDecorator {

    private static final String CONNECT = "CONNECT";

    private final Http2ConnectionDecoder decoder;
    private final Http2Connection.PropertyKey headersRead;
    private final Http2Connection.PropertyKey trailers;

    private Http2FrameValidator(
            Http2ConnectionDecoder decoder,
            Http2FrameListener guarded,
            Http2Connection.PropertyKey begun,
            Http2Connection.PropertyKey trailers) {
        super(guarded);
        this.decoder = decoder;
        this.headersRead = begun;
        this.trailers = trailers;
    }

    /** Installs the validator. Must be called before the first frame. */
    static void install(ChannelHandlerContext ctx, Http2ConnectionDecoder decoder) {
        Http2Connection connection = decoder.connection();
        Http2Connection.PropertyKey trailers = connection.newKey();
        ctx.channel().attr(RequestTrailers.HTTP2).set(trailers);
        decoder.frameListener(new Http2FrameValidator(decoder, decoder.frameListener(), connection.newKey(), trailers));
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        super.onSettingsRead(ctx, settings);
        // With the first settings Vert.x replaces the listener.
        if (!(decoder.frameListener() instanceof Http2FrameValidator)) {
            decoder.frameListener(new Http2FrameValidator(decoder, decoder.frameListener(), headersRead, trailers));
        }
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        if (!accept(ctx, id, headers, end)) {
            return;
        }
        try {
            super.onHeadersRead(ctx, id, headers, padding, end);
        } catch (RuntimeException e) {
            throw defect(id, e);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        if (!accept(ctx, id, headers, end)) {
            return;
        }
        try {
            super.onHeadersRead(ctx, id, headers, dependency, weight, exclusive, padding, end);
        } catch (RuntimeException e) {
            throw defect(id, e);
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        try {
            return super.onDataRead(ctx, id, data, padding, end);
        } catch (RuntimeException e) {
            throw defect(id, e);
        }
    }

    /** Returns false if the request has been rejected here. */
    private boolean accept(ChannelHandlerContext ctx, int id, Http2Headers headers, boolean end) throws Http2Exception {
        RequestTarget.encode(headers);
        Http2Stream stream = decoder.connection().stream(id);
        String fault;
        if (stream == null || stream.getProperty(headersRead) == null) {
            fault = Http2HeadersValidator.validateRequest(headers);
            if (stream != null) {
                stream.setProperty(headersRead, Boolean.TRUE);
            }
        } else {
            fault = Http2HeadersValidator.validateTrailers(headers);
            stream.setProperty(trailers, headers);
        }
        if (fault != null) {
            throw Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "malformed request: %s", fault);
        }
        boolean tunnel = headers.method() != null && CONNECT.contentEquals(headers.method());
        if (tunnel) {
            rejectConnect(ctx, id, end);
        }
        return !tunnel;
    }

    /** Rejects {@code CONNECT}, to which Vert.x would not respond, since it has no path. */
    private void rejectConnect(ChannelHandlerContext ctx, int id, boolean end) throws Http2Exception {
        String requestId = RequestId.of(null);
        ByteBuf body = Unpooled.wrappedBuffer(
                Problem.METHOD_NOT_ALLOWED.body(requestId).getBytes());
        DefaultHttp2Headers head = new DefaultHttp2Headers();
        head.status(Integer.toString(Problem.METHOD_NOT_ALLOWED.status()));
        MultiMap described = HttpHeaders.headers();
        Problem.METHOD_NOT_ALLOWED.describe(described);
        described.forEach((name, value) -> head.set(name.toLowerCase(Locale.ROOT), value));
        head.set("allow", AllowedMethods.ALL.toString());
        head.set(RequestId.HEADER.toLowerCase(Locale.ROOT), requestId);
        head.set("content-length", Integer.toString(body.readableBytes()));
        Http2ConnectionEncoder encoder = ((Http2ConnectionHandler) ctx.handler()).encoder();
        encoder.writeHeaders(ctx, id, head, 0, false, ctx.newPromise());
        encoder.writeData(ctx, id, body, 0, true, ctx.newPromise());
        if (!end) {
            encoder.flowController().writePendingBytes();
            encoder.writeRstStream(ctx, id, Http2Error.NO_ERROR.code(), ctx.newPromise());
        }
        ctx.flush();
    }

    private static Http2Exception defect(int id, RuntimeException e) {
        return Http2Exception.streamError(id, Http2Error.INTERNAL_ERROR, e, "defect");
    }
}
