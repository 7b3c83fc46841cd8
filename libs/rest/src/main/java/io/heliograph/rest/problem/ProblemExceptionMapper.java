package io.heliograph.rest.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.heliograph.http.ProblemDetails;
import io.heliograph.rest.request.RequestIdFilter;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an exception becomes a response. */
public final class ProblemExceptionMapper {

    private static final Logger LOG = Logger.getLogger(ProblemExceptionMapper.class);

    /** Besides all there is, the types for which Quarkus brings a mapper: the nearest type wins, and it must be ours. */
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        NotFoundException.class,
        MismatchedInputException.class,
        ValidationException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        ForbiddenException.class
    })
    public Response toResponse(Throwable thrown) {
        ProblemException problem = ExceptionClassifier.classify(thrown);
        log(problem, thrown);
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(problem.details(RequestIdFilter.current()));
        problem.headers().forEach(response::header);
        return response.build();
    }

    private static void log(ProblemException problem, Throwable thrown) {
        if (problem.status() == Status.INTERNAL_SERVER_ERROR) {
            LOG.error("A request failed on a defect", thrown);
        } else if (problem.status() == Status.SERVICE_UNAVAILABLE) {
            // The same for every request while it lasts: a line each, no stack traces.
            LOG.warnf("A request got 503 %s: %s", problem.code(), thrown);
        } else {
            LOG.debugf("A request was rejected: %s", problem.code());
        }
    }
}
