package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.security.CorsPolicy;
import io.heliograph.http.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.concurrent.TimeUnit;

/** The response to a request that could not be parsed; the connection is closed after it. */
final class ConnectionErrorResponse {

    /** A connection that is closed while its client still sends is reset, and the client may lose the response. */
    private static final long LINGER_MILLIS = 1_000;

    private ConnectionErrorResponse() {}

    /**
     * Writes the response, shuts down the output, and closes the connection a little later.
     *
     * @param origin the {@code Origin} of the request; null if unknown
     */
    static void writeAndClose(ChannelHandlerContext context, Problem problem, String origin, CorsPolicy cors) {
        context.writeAndFlush(of(problem, origin, cors)).addListener(written -> shutdownOutput(context));
        context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void shutdownOutput(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel socket
                && context.pipeline().get(SslHandler.class) == null) {
            socket.shutdownOutput();
        }
    }

    private static HttpResponse of(Problem problem, String origin, CorsPolicy cors) {
        String requestId = RequestId.of(null);
        ByteBuf body = Unpooled.wrappedBuffer(problem.body(requestId).getBytes());
        HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
        problem.describe(headers);
        if (problem == Problem.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaders.ALLOW, AllowedMethods.ALL.toString());
        }
        cors.addErrorHeaders(origin, (name, value) -> headers.set(name, value));
        headers.set(RequestId.HEADER, requestId);
        headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
        headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }
}
