package io.heliograph.gateway.server;

import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.server.RequestTarget.AbsoluteForm;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/** Validates the head of an HTTP/1 request, and removes hop-by-hop headers from it. */
final class RequestHeadValidator {

    private RequestHeadValidator() {}

    /** Why this request is refused; null if it is not, and then it is as the steps are to see it. */
    static Problem validate(HttpRequest request) {
        Problem fault = RequestFramingValidator.validate(request);
        if (fault != null) {
            return fault;
        }
        if (HttpMethod.CONNECT.equals(request.method())) {
            return Problem.METHOD_NOT_ALLOWED;
        }
        if (!AbsoluteForm.resolve(request) || !ConnectionHeaderFilter.apply(request.headers())) {
            return Problem.INVALID_REQUEST;
        }
        dropUpgrade(request.headers());
        return null;
    }

    /** To any protocol but WebSocket: a proxy may have left it there, and nobody has to agree to it (RFC 9110, 7.8). */
    private static void dropUpgrade(HttpHeaders headers) {
        String upgrade = headers.get(HttpHeaderNames.UPGRADE);
        if (upgrade != null && !upgrade.equalsIgnoreCase("websocket")) {
            headers.remove(HttpHeaderNames.UPGRADE);
        }
    }
}
