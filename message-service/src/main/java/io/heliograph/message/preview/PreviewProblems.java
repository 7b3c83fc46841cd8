package io.heliograph.message.preview;

import io.heliograph.http.FieldError;
import io.heliograph.message.egress.EgressException;
import io.heliograph.rest.problem.ProblemException;
import java.util.List;

/** The problems of previews. None contains an address or data of the server. */
final class PreviewProblems {

    private PreviewProblems() {}

    /** The problem of a failure of egress; other failures are returned unchanged. */
    static Throwable of(Throwable failure) {
        return failure instanceof EgressException egress ? of(egress) : failure;
    }

    static ProblemException of(EgressException failure) {
        return switch (failure.reason()) {
            case NOT_AN_ADDRESS -> ProblemException.invalid(List.of(new FieldError("url", failure.getMessage())));
            case REFUSED -> refused(failure.getMessage());
            case UNREACHABLE -> unavailable(failure.getMessage());
        };
    }

    /** The address may not be fetched. */
    static ProblemException refused(String why) {
        return ProblemException.unprocessable("preview_refused", why);
    }

    /** The address could not be fetched, or is not a page. */
    static ProblemException unavailable(String why) {
        return ProblemException.unprocessable("preview_unavailable", why);
    }
}
