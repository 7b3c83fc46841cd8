package io.heliograph.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** A refusal by the server, or the loss of it ({@code unreachable}). */
public final class HeliographException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Codes of requests that were not taken, or of which nobody knows, and that may succeed when they are repeated. */
    private static final Set<String> TRANSIENT = Set.of(
            "rate_limited",
            "draining",
            "overloaded",
            "store_unavailable",
            "keys_unavailable",
            "users_unavailable",
            "too_many_at_once",
            "too_many_in_flight",
            "too_many_sockets",
            "sockets_exhausted",
            "upstream_unreachable",
            "upstream_failed",
            "upstream_unavailable",
            "upstream_timeout",
            "batch_timeout",
            "request_timeout",
            "unauthenticated",
            "internal_error",
            "unreachable");

    private final String code;
    private final transient Details details;

    /** What an HTTP response says besides. */
    record Details(int status, Duration retryAfter, List<FieldError> errors, String requestId) {
        static final Details NONE = new Details(0, null, List.of(), null);
    }

    HeliographException(String code, String message) {
        this(code, message, Details.NONE, null);
    }

    HeliographException(String code, String message, Details details, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = details;
    }

    static HeliographException signedOut() {
        return new HeliographException("signed_out", "Nobody is signed in.");
    }

    static HeliographException unreachable(String message, Throwable cause) {
        return new HeliographException("unreachable", message, Details.NONE, cause);
    }

    /** One that says what went wrong, whatever it was. */
    static RuntimeException of(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new CompletionException(failure);
    }

    /** The failure itself, without what futures put around it. */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Whether a failure may pass by itself. One that is not of the server, such as a defect, does not. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof HeliographException exception && exception.isTransient();
    }

    /** Stable; programs branch on it. One of docs/errors.md and docs/protocol.md, or {@code unreachable} and the like. */
    public String code() {
        return code;
    }

    /** The status of the HTTP response, if there was one. */
    public OptionalInt status() {
        return details().status() == 0
                ? OptionalInt.empty()
                : OptionalInt.of(details().status());
    }

    /** After what time the server wants to be asked again, if it says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(details().retryAfter());
    }

    /** The fields that were refused. */
    public List<FieldError> errors() {
        return details().errors();
    }

    /** Under which the server's log has the request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(details().requestId());
    }

    /** Whether the same request may succeed later. */
    public boolean isTransient() {
        return TRANSIENT.contains(code)
                || details().status() == 429
                || details().status() >= 502;
    }

    private Details details() {
        return details == null ? Details.NONE : details;
    }
}
