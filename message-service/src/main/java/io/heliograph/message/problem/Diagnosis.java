package io.heliograph.message.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Finds the refusal that an exception amounts to. Of a message that is not ours nothing is passed on. */
public final class Diagnosis {

    private Diagnosis() {}

    public static Refusal of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Refusal refusal = known(cause);
            if (refusal != null) {
                return refusal;
            }
        }
        if (thrown instanceof NotFoundException && thrown.getCause() instanceof NumberFormatException failure) {
            // How Quarkus REST says that a query parameter is no number.
            return InvalidInput.of(failure);
        }
        return thrown instanceof WebApplicationException failure ? of(failure.getResponse()) : defect();
    }

    private static Refusal known(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        } else if (cause instanceof ConstraintViolationException violations) {
            return InvalidInput.of(violations);
        } else if (cause instanceof JsonProcessingException failure) {
            return InvalidInput.of(failure);
        } else if (cause instanceof CharConversionException) {
            return InvalidInput.notJson();
        } else if (cause instanceof UnauthorizedException) {
            return Refusal.unauthorized("unauthenticated", "A bearer token is needed.");
        } else if (cause instanceof AuthenticationFailedException) {
            return Refusal.badToken("invalid_token", "The token is not valid.");
        } else if (cause instanceof ForbiddenException) {
            return Refusal.of(Status.FORBIDDEN, "forbidden", "The caller may not do this.");
        }
        if (StoreFailure.isOverload(cause)) {
            return StoreFailure.overload();
        }
        return StoreFailure.isUnavailable(cause) ? StoreFailure.refusal() : null;
    }

    private static Refusal of(Response response) {
        return switch (response.getStatus()) {
            case 400 -> Refusal.of(Status.BAD_REQUEST, "invalid_request", "The request is not valid.");
            case 404 ->
                AllowedMethods.lackThisRequest()
                        ? methodNotAllowed()
                        : Refusal.of(Status.NOT_FOUND, "not_found", "There is nothing at this address.");
            case 405 -> methodNotAllowed();
            case 406 ->
                Refusal.of(Status.NOT_ACCEPTABLE, "not_acceptable", "None of the accepted types can be produced.");
            case 415 ->
                Refusal.of(
                        Status.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported_media_type",
                        "A body of this type is not read here.");
            default -> defect();
        };
    }

    private static Refusal methodNotAllowed() {
        return Refusal.of(Status.METHOD_NOT_ALLOWED, "method_not_allowed", "This address has no such method.")
                .with(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.ofThisRequest()));
    }

    private static Refusal defect() {
        return Refusal.of(Status.INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong on our side.");
    }
}
