package io.heliograph.message.preview;

import io.heliograph.rest.problem.ProblemException;

/** The problems of previews. None names an address or repeats what a server sent. */
final class PreviewProblems {

    private PreviewProblems() {}

    /** The address may not be fetched. */
    static ProblemException refused(String why) {
        return ProblemException.unprocessable("preview_refused", why);
    }

    /** The address could not be fetched, or is no page. */
    static ProblemException unavailable(String why) {
        return ProblemException.unprocessable("preview_unavailable", why);
    }
}
