package io.heliograph.message.preview;

import io.heliograph.http.FieldError;
import io.heliograph.message.egress.EgressException;
import io.heliograph.rest.problem.ProblemException;
import java.util.List;

/** The problems of previews. None names an address or repeats what a server sent. */
final class PreviewProblems {

    private PreviewProblems() {}

    /** That of a failure of egress; any other failure stays what it is. */
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

    /** The address could not be fetched, or is no page. */
    static ProblemException unavailable(String why) {
        return ProblemException.unprocessable("preview_unavailable", why);
    }
}
