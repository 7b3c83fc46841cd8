package io.heliograph.message.preview;

import io.heliograph.message.problem.Refusal;

/** Why there is no preview, as the caller is told. No answer names an address or what a server said. */
final class PreviewRefused {

    private PreviewRefused() {}

    /** The address may not be fetched. */
    static Refusal refused(String why) {
        return Refusal.unprocessable("preview_refused", why);
    }

    /** The address could not be fetched, or is no page. */
    static Refusal unavailable(String why) {
        return Refusal.unprocessable("preview_unavailable", why);
    }
}
