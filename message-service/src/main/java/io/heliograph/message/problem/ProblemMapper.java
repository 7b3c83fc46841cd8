package io.heliograph.message.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.heliograph.message.request.RequestId;
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

/** The one place where an exception becomes an answer. */
final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

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
    public Response answer(Throwable thrown) {
        Refusal refusal = Diagnosis.of(thrown);
        report(refusal, thrown);
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(refusal, RequestId.current()));
        refusal.headers().forEach(answer::header);
        return answer.build();
    }

    private static void report(Refusal refusal, Throwable thrown) {
        if (refusal.status() == Status.INTERNAL_SERVER_ERROR) {
            LOG.error("A request failed on a defect", thrown);
        } else if (refusal.status() == Status.SERVICE_UNAVAILABLE) {
            // The same for every request while it lasts: a line each, no stack traces.
            LOG.warnf("A request was put off (%s): %s", refusal.code(), thrown);
        } else {
            LOG.debugf("A request was refused: %s", refusal.code());
        }
    }
}
