package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.security.CorsPolicy;
import io.heliograph.http.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** The response to a request that could not be parsed; the connection is closed after it. */
final class ConnectionErrorResponse {

    private ConnectionErrorResponse() {}

    /** @param origin the {@code Origin} of the request; null if unknown */
    static HttpResponse of(Problem problem, String origin, CorsPolicy cors) {
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
