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
    AMBIGUOUS_PATH(400, "The path could be read in more than one way."),
    INVALID_JSON(400, "The body is not JSON in UTF-8."),
    INVALID_REQUEST(400, "The request is not one that can be passed on."),
    INVALID_PURGE(400, "A purge names either one tag or one pattern of paths."),
    UNAUTHENTICATED(401, "A bearer token is required."),
    INVALID_TOKEN(401, "The token is malformed, forged, expired or not meant for Heliograph."),
    TOKEN_REVOKED(401, "The session of this token was ended, or its account is gone. Sign in again."),
    FORBIDDEN(403, "The caller has no right to this."),
    ORIGIN_NOT_ALLOWED(403, "Pages of this origin may not call the API."),
    NOT_FOUND(404, "There is no such route."),
    METHOD_NOT_ALLOWED(405, "The method is not served here; Allow names those that are."),
    NOT_ACCEPTABLE(406, "The answer is a stream, which cannot be part of a batch."),
    REQUEST_TIMEOUT(408, "The request came too slowly."),
    BODY_TOO_LARGE(413, "The body of the request is larger than the gateway takes."),
    URI_TOO_LONG(414, "The address of the request is longer than the gateway takes."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON, and not compressed."),
    RATE_LIMITED(429, "More requests came than a limit allows."),
    HEADERS_TOO_LARGE(431, "The headers of the request are larger than the gateway takes."),
    TOO_MANY_SOCKETS(429, "This address or this account has as many WebSockets open as it may."),
    TOO_MANY_WATCHERS(429, "This gateway has as many watchers of the operations stream as it may."),
    TOO_MANY_IN_FLIGHT(429, "This address or this account has as many requests at the service as it may."),
    INTERNAL_ERROR(500, "Something went wrong; the log has it under the request id."),
    UPSTREAM_UNREACHABLE(502, "The service behind the gateway cannot be reached."),
    UPSTREAM_FAILED(502, "The service behind the gateway broke off before it answered."),
    ANSWER_TOO_LARGE(502, "The answers of the batch are together larger than it takes; ask for this one alone."),
    OVERLOADED(503, "Too many requests wait for the service behind the gateway."),
    SOCKETS_EXHAUSTED(503, "This gateway has as many WebSockets open as it can carry."),
    DRAINING(503, "This gateway is going away; another one takes over."),
    UPSTREAM_UNAVAILABLE(503, "The service behind the gateway keeps failing, and is given a moment."),
    KEYS_UNAVAILABLE(503, "The token cannot be checked now, since its issuer does not answer."),
    PURGE_NOT_SHARED(503, "This gateway has dropped what was meant; the others are told once Redis answers."),
    BATCH_TIMEOUT(504, "The batch ran out of time before this part of it was answered."),
    UPSTREAM_TIMEOUT(504, "The service behind the gateway did not answer in time."),
    NOT_CACHED(504, "It is not cached, and the request forbids to ask the service."),
    HTTP_VERSION_UNSUPPORTED(505, "The gateway speaks HTTP/1.0, HTTP/1.1 and HTTP/2.");

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
