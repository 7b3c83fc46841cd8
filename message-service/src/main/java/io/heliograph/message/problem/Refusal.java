package io.heliograph.message.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request that is not carried out: a status, a code of {@code docs/errors.md} and a sentence that is
 * safe to show to anyone. Thrown by features; everything else that is thrown becomes one in {@link Diagnosis}.
 */
public final class Refusal extends RuntimeException {

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

    private Refusal(
            StatusType status, String code, String detail, List<FieldError> errors, Map<String, String> headers) {
        // No stack trace: a refusal is an expected answer, and filling one in costs more than giving it.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.headers = headers;
    }

    public static Refusal of(Status status, String code, String detail) {
        return new Refusal(status, code, detail, List.of(), Map.of());
    }

    public static Refusal invalid(List<FieldError> errors) {
        String detail = "Some of the request is not valid; see errors.";
        return new Refusal(Status.BAD_REQUEST, "invalid_request", detail, first(errors), Map.of());
    }

    private static List<FieldError> first(List<FieldError> errors) {
        return List.copyOf(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }

    /** A 426, which has to name the protocol to come with (RFC 9110, 15.5.22), and a header about it. */
    public static Refusal upgradeRequired(String code, String detail, String protocol, String header, String value) {
        Map<String, String> headers = Map.of("Upgrade", protocol, "Connection", "Upgrade", header, value);
        return new Refusal(UPGRADE_REQUIRED, code, detail, List.of(), headers);
    }

    /** A 422: the request is well-formed, and what it asks for cannot be done (RFC 9110, 15.5.21). */
    public static Refusal unprocessable(String code, String detail) {
        return new Refusal(UNPROCESSABLE_CONTENT, code, detail, List.of(), Map.of());
    }

    /** A 401, which has to name a way to do better. */
    public static Refusal unauthorized(String code, String detail) {
        return of(Status.UNAUTHORIZED, code, detail).with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    /** A 401 to a token that was there, and was no good. */
    public static Refusal badToken(String code, String detail) {
        return of(Status.UNAUTHORIZED, code, detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    /** A 503 that says when to come back; {@code retryAfter} is sent in whole seconds. */
    public static Refusal later(String code, String detail, Duration retryAfter) {
        return of(Status.SERVICE_UNAVAILABLE, code, detail)
                .with(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    }

    /** A 429 that says when to come back. */
    public static Refusal tooMany(String code, String detail, Duration retryAfter) {
        return of(Status.TOO_MANY_REQUESTS, code, detail)
                .with(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds() + 1)));
    }

    /** The same refusal with this one header. */
    Refusal with(String header, String value) {
        return new Refusal(status, code, getMessage(), errors, Map.of(header, value));
    }

    StatusType status() {
        return status;
    }

    public String code() {
        return code;
    }

    List<FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }
}
