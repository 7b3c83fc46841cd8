package io.heliograph.gateway.pipeline;

import io.heliograph.http.FieldError;
import io.heliograph.http.ProblemDetails;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The problems with which the gateway itself rejects a request (RFC 9457). The codes are those of docs/errors.md; the
 * set is closed, so that a code can be the label of a metric.
 */
public enum Problem {
    AMBIGUOUS_PATH(400, "The path is ambiguous."),
    INVALID_JSON(400, "The body is not JSON in UTF-8."),
    INVALID_REQUEST(400, "The request is malformed and cannot be forwarded."),
    INVALID_PURGE(400, "A purge needs either one tag or one pattern of paths."),
    UNAUTHENTICATED(401, "A bearer token is required."),
    INVALID_TOKEN(401, "The token is malformed, has an invalid signature, has expired or has another audience."),
    TOKEN_REVOKED(401, "The session of this token has ended, or its account was deleted. Sign in again."),
    FORBIDDEN(403, "The caller does not have the required role."),
    ORIGIN_NOT_ALLOWED(403, "Pages of this origin may not call the API."),
    NOT_FOUND(404, "There is no such route."),
    METHOD_NOT_ALLOWED(405, "The method is not allowed; Allow lists the allowed ones."),
    NOT_ACCEPTABLE(406, "The response is a stream, which cannot be part of a batch."),
    REQUEST_TIMEOUT(408, "The request was not received in time."),
    BODY_TOO_LARGE(413, "The request body is larger than the limit."),
    URI_TOO_LONG(414, "The request target is longer than the limit."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON, and not compressed."),
    RATE_LIMITED(429, "The rate limit was exceeded."),
    HEADERS_TOO_LARGE(431, "The request headers are larger than the limit."),
    TOO_MANY_SOCKETS(429, "The limit of open WebSockets of this address or this account was reached."),
    TOO_MANY_WATCHERS(429, "The limit of watchers of the operations stream was reached."),
    TOO_MANY_IN_FLIGHT(429, "The limit of concurrent requests of this address or this account was reached."),
    INTERNAL_ERROR(500, "An internal error occurred; the log has it under the request id."),
    UPSTREAM_UNREACHABLE(502, "The service behind the gateway cannot be reached."),
    UPSTREAM_FAILED(502, "The service behind the gateway closed the connection or sent an invalid response."),
    ANSWER_TOO_LARGE(502, "The responses of the batch exceed its total size; send this request alone."),
    OVERLOADED(503, "Too many requests wait for the service behind the gateway."),
    SOCKETS_EXHAUSTED(503, "The limit of open WebSockets of this gateway was reached."),
    DRAINING(503, "This gateway is shutting down; another one takes over."),
    UPSTREAM_UNAVAILABLE(503, "All instances of the service behind the gateway are failing."),
    KEYS_UNAVAILABLE(503, "The token cannot be verified at present, because its issuer does not respond."),
    PURGE_NOT_SHARED(503, "This gateway has purged the entries; the others will once Redis responds."),
    BATCH_TIMEOUT(504, "The batch timed out before the response to this part."),
    UPSTREAM_TIMEOUT(504, "The service behind the gateway did not respond in time."),
    NOT_CACHED(504, "The response is not cached, and the request has only-if-cached."),
    HTTP_VERSION_UNSUPPORTED(505, "The gateway supports HTTP/1.0, HTTP/1.1 and HTTP/2.");

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    Problem(int status, String detail) {
        this.status = status;
        this.code = name().toLowerCase(Locale.ROOT);
        this.title = HttpResponseStatus.valueOf(status).reasonPhrase();
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Adds the headers that go with the status. */
    public void describe(MultiMap headers) {
        headers.set(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        switch (status) {
            case 401 ->
                headers.set("WWW-Authenticate", this == UNAUTHENTICATED ? "Bearer" : "Bearer error=\"invalid_token\"");
            // A second is about the time for a queue to drain or for keys to be fetched again.
            case 503 -> headers.set(HttpHeaders.RETRY_AFTER, "1");
            default -> {
                if (this == TOO_MANY_IN_FLIGHT || this == TOO_MANY_WATCHERS) {
                    headers.set(HttpHeaders.RETRY_AFTER, "1");
                }
            }
        }
    }

    public Buffer body(String requestId) {
        return body(requestId, detail);
    }

    /** @param detail the detail of this occurrence, instead of the general one */
    public Buffer body(String requestId, String detail) {
        return body(requestId, detail, List.of());
    }

    /** @param errors the errors by field */
    public Buffer body(String requestId, Map<String, String> errors) {
        return body(
                requestId,
                detail,
                errors.entrySet().stream()
                        .map(error -> new FieldError(error.getKey(), error.getValue()))
                        .toList());
    }

    private Buffer body(String requestId, String text, List<FieldError> errors) {
        return new ProblemDetails(status, title, code, text, requestId, errors)
                .toJson()
                .toBuffer();
    }
}
