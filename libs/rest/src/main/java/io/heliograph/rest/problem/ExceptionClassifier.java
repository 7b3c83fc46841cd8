package io.heliograph.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.heliograph.auth.TokenException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.CharConversionException;

/** Finds the error response to an exception. Nothing of a message that is not ours gets into it. */
public final class ExceptionClassifier {

    private ExceptionClassifier() {}

    /** By the first of its causes that is known; {@code 500 internal_error} if none is. */
    public static ProblemException classify(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            ProblemException problem = known(cause);
            if (problem != null) {
                return problem;
            }
        }
        if (thrown instanceof NotFoundException && thrown.getCause() instanceof NumberFormatException failure) {
            // The exception of Quarkus REST for a query parameter that is no number.
            return InvalidInput.of(failure);
        }
        return thrown instanceof WebApplicationException failure ? of(failure.getResponse()) : defect();
    }

    private static ProblemException known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        } else if (cause instanceof ConstraintViolationException violations) {
            return InvalidInput.of(violations);
        } else if (cause instanceof JsonProcessingException failure) {
            return InvalidInput.of(failure);
        } else if (cause instanceof CharConversionException) {
            return ProblemException.invalidJson();
        } else if (cause instanceof TokenException rejected) {
            return of(rejected.reason());
        } else if (cause instanceof UnauthorizedException) {
            return ProblemException.unauthorized("unauthenticated", "A bearer token is needed.");
        } else if (cause instanceof AuthenticationFailedException) {
            return ProblemException.invalidToken("invalid_token", "The token is not valid.");
        } else if (cause instanceof ForbiddenException) {
            return ProblemException.of(Status.FORBIDDEN, "forbidden", "The caller may not do this.");
        }
        if (DatabaseFailure.isOverload(cause)) {
            return DatabaseFailure.overload();
        }
        return DatabaseFailure.isUnavailable(cause) ? DatabaseFailure.unavailable() : null;
    }

    private static ProblemException of(TokenException.Reason reason) {
        return switch (reason) {
            case KEYS_UNAVAILABLE, USERS_UNAVAILABLE ->
                ProblemException.unavailable(reason.code(), reason.detail(), TokenException.RETRY_AFTER);
            case UNAUTHENTICATED -> ProblemException.unauthorized(reason.code(), reason.detail());
            case INVALID_TOKEN, TOKEN_REVOKED -> ProblemException.invalidToken(reason.code(), reason.detail());
        };
    }

    private static ProblemException of(Response response) {
        return switch (response.getStatus()) {
            case 400 -> ProblemException.of(Status.BAD_REQUEST, "invalid_request", "The request is not valid.");
            case 404 ->
                AllowedMethods.lackThisRequest()
                        ? methodNotAllowed()
                        : ProblemException.of(Status.NOT_FOUND, "not_found", "There is nothing at this address.");
            case 405 -> methodNotAllowed();
            case 406 ->
                ProblemException.of(
                        Status.NOT_ACCEPTABLE, "not_acceptable", "None of the accepted types can be produced.");
            case 415 ->
                ProblemException.of(
                        Status.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported_media_type",
                        "A body of this type is not read here.");
            default -> defect();
        };
    }

    private static ProblemException methodNotAllowed() {
        return ProblemException.of(Status.METHOD_NOT_ALLOWED, "method_not_allowed", "This address has no such method.")
                .with(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.ofThisRequest()));
    }

    private static ProblemException defect() {
        return ProblemException.of(Status.INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong on our side.");
    }
}
