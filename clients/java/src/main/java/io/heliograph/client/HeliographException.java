package io.heliograph.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** A rejection by the server, or a server that cannot be reached ({@code unreachable}). */
public final class HeliographException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Codes of requests that had no effect, or may have had one, and may succeed if they are repeated. */
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

    /** Further data of an HTTP response. */
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

    /** An exception for any failure. */
    static RuntimeException of(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new CompletionException(failure);
    }

    /** The failure itself, without the wrappers of futures. */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Whether a failure is transient. One that is not of the server, such as a defect, is not. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof HeliographException exception && exception.isTransient();
    }

    /**
     * The stable code, on which programs branch: from docs/errors.md or docs/protocol.md, or {@code unreachable} etc.
     */
    public String code() {
        return code;
    }

    /** The status of the HTTP response, if there was one. */
    public OptionalInt status() {
        return details().status() == 0
                ? OptionalInt.empty()
                : OptionalInt.of(details().status());
    }

    /** The time in {@code Retry-After}, if there is one. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(details().retryAfter());
    }

    /** The invalid fields. */
    public List<FieldError> errors() {
        return details().errors();
    }

    /** The id of the request in the logs of the server. */
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
