package io.heliograph.rest.problem;

import io.heliograph.http.FieldError;
import io.heliograph.http.ProblemDetails;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The error response to a request that is not carried out: a status, a code of {@code docs/errors.md} and a sentence
 * that is safe to show to any caller. Thrown by features; {@link ExceptionClassifier} converts all other exceptions to
 * it.
 */
public final class ProblemException extends RuntimeException {

    /** Of those for which Jakarta REST has no constant. */
    private record ClientError(int getStatusCode, String getReasonPhrase) implements StatusType {

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }
    }

    private static final StatusType UNPROCESSABLE_CONTENT = new ClientError(422, "Unprocessable Content");
    private static final StatusType UPGRADE_REQUIRED = new ClientError(426, "Upgrade Required");

    /** Faults that are listed: a body of a thousand bad items need not have each named. */
    private static final int MAX_ERRORS = 50;

    private final transient StatusType status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    private ProblemException(
            StatusType status, String code, String detail, List<FieldError> errors, Map<String, String> headers) {
        // No stack trace: this is an expected response, and a stack trace would cost more than the response.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.headers = headers;
    }

    public static ProblemException of(Status status, String code, String detail) {
        return new ProblemException(status, code, detail, List.of(), Map.of());
    }

    /** A 400 that names the first {@value #MAX_ERRORS} of these. */
    public static ProblemException invalid(List<FieldError> errors) {
        String detail = "Some of the request is not valid; see errors.";
        return new ProblemException(Status.BAD_REQUEST, "invalid_request", detail, first(errors), Map.of());
    }

    public static ProblemException invalidJson() {
        return of(Status.BAD_REQUEST, "invalid_json", "The body is not JSON in UTF-8.");
    }

    private static List<FieldError> first(List<FieldError> errors) {
        return List.copyOf(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }

    /** A 426, which has to name the protocol to use (RFC 9110, section 15.5.22), in a header. */
    public static ProblemException upgradeRequired(
            String code, String detail, String protocol, String header, String value) {
        Map<String, String> headers = Map.of("Upgrade", protocol, "Connection", "Upgrade", header, value);
        return new ProblemException(UPGRADE_REQUIRED, code, detail, List.of(), headers);
    }

    /** A 422: the request is well-formed, but cannot be carried out (RFC 9110, section 15.5.21). */
    public static ProblemException unprocessable(String code, String detail) {
        return new ProblemException(UNPROCESSABLE_CONTENT, code, detail, List.of(), Map.of());
    }

    /** A 401 to a request without a token, which has to name the scheme. */
    public static ProblemException unauthorized(String code, String detail) {
        return of(Status.UNAUTHORIZED, code, detail).with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    /** A 401 for a token that is not accepted. */
    public static ProblemException invalidToken(String code, String detail) {
        return of(Status.UNAUTHORIZED, code, detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    /** A 503 whose {@code Retry-After} is in whole seconds, rounded up; 0 is allowed. */
    public static ProblemException unavailable(String code, String detail, Duration retryAfter) {
        return of(Status.SERVICE_UNAVAILABLE, code, detail)
                .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds(retryAfter)));
    }

    /** A 429 whose {@code Retry-After} is in whole seconds, rounded up; at least 1. */
    public static ProblemException tooManyRequests(String code, String detail, Duration retryAfter) {
        return of(Status.TOO_MANY_REQUESTS, code, detail)
                .with(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds(retryAfter))));
    }

    /** Rounded up, so that a client does not retry too early. */
    private static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /** The same with the path of what the problem is about. */
    public ProblemException at(String location) {
        return with(HttpHeaders.LOCATION, location);
    }

    /** The same with this one header. */
    ProblemException with(String header, String value) {
        return new ProblemException(status, code, getMessage(), errors, Map.of(header, value));
    }

    /** The body of the response. */
    public ProblemDetails details(String requestId) {
        return new ProblemDetails(
                status.getStatusCode(), status.getReasonPhrase(), code, getMessage(), requestId, errors);
    }

    public StatusType status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
