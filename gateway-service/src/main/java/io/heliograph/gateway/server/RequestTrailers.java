package io.heliograph.gateway.server;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** The trailers of a request, which Vert.x does not expose. */
public final class RequestTrailers {

    /** The trailers of the current request of an HTTP/1 connection. */
    static final AttributeKey<HttpHeaders> HTTP1 = AttributeKey.valueOf(RequestTrailers.class, "http1");

    /** The key of the stream property that has the trailers. */
    static final AttributeKey<Http2Connection.PropertyKey> HTTP2 = AttributeKey.valueOf(RequestTrailers.class, "http2");

    private RequestTrailers() {}

    /** The trailers of a request; null if there are none. Must be called after the end of the body. */
    public static MultiMap of(HttpServerRequest request) {
        if (!(request.connection() instanceof ConnectionBase connection)) {
            return null;
        }
        return request.version() == HttpVersion.HTTP_2
                ? ofStream(request, connection)
                : ofMessage(connection.channel());
    }

    private static MultiMap ofMessage(Channel channel) {
        HttpHeaders trailers = channel.attr(HTTP1).get();
        if (trailers == null) {
            return null;
        }
        MultiMap copy = MultiMap.caseInsensitiveMultiMap();
        trailers.forEach(trailer -> copy.add(trailer.getKey(), trailer.getValue()));
        return copy;
    }

    private static MultiMap ofStream(HttpServerRequest request, ConnectionBase connection) {
        Http2Connection.PropertyKey key = connection.channel().attr(HTTP2).get();
        if (key == null || !(connection.channelHandlerContext().handler() instanceof Http2ConnectionHandler handler)) {
            return null;
        }
        Http2Stream stream = handler.connection().stream(request.response().streamId());
        Http2Headers trailers = stream == null ? null : stream.getProperty(key);
        if (trailers == null) {
            return null;
        }
        MultiMap copy = MultiMap.caseInsensitiveMultiMap();
        trailers.forEach(trailer ->
                copy.add(trailer.getKey().toString(), trailer.getValue().toString()));
        return copy;
    }
}
