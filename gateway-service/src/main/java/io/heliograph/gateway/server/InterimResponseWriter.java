package io.heliograph.gateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;

/** Writes interim responses, such as {@code 103 Early Hints}, of which Vert.x supports only {@code 100}. */
public final class InterimResponseWriter {

    private InterimResponseWriter() {}

    /**
     * Writes an interim response. Must be called on the event loop of the request, before the head of the final
     * response. HTTP/1.0 has no interim responses.
     */
    public static void write(HttpServerRequest request, int status, MultiMap headers) {
        if (request.version() == HttpVersion.HTTP_1_0 || !(request.connection() instanceof ConnectionBase connection)) {
            return;
        }
        ChannelHandlerContext context = connection.channelHandlerContext();
        if (context.handler() instanceof Http2ConnectionHandler handler) {
            DefaultHttp2Headers frame = new DefaultHttp2Headers();
            frame.status(Integer.toString(status));
            headers.forEach((name, value) -> frame.add(name.toLowerCase(Locale.ROOT), value));
            handler.encoder()
                    .writeHeaders(context, request.response().streamId(), frame, 0, false, context.newPromise());
            context.flush();
        } else {
            HeadersMultiMap message = HeadersMultiMap.httpHeaders();
            headers.forEach((name, value) -> message.add(name, value));
            context.writeAndFlush(new DefaultFullHttpResponse(
                    io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(status),
                    Unpooled.EMPTY_BUFFER,
                    message,
                    EmptyHttpHeaders.INSTANCE));
        }
    }
}
