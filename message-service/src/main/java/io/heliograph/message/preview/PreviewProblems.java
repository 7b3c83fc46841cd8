package io.heliograph.message.preview;

import io.heliograph.message.problem.Refusal;

/** The problems of previews. None names an address or repeats what a server sent. */
final class PreviewProblems {

    private PreviewProblems() {}

    /** The address may not be fetched. */
    static Refusal refused(String why) {
        return Refusal.unprocessable("preview_refused", why);
    }

    /** The address could not be fetched, or is no page. */
    static Refusal unavailable(String why) {
        return Refusal.unprocessable("preview_unavailable", why);
    }
}
