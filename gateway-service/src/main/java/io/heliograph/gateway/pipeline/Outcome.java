package io.heliograph.gateway.pipeline;

import java.util.Locale;

/** How an exchange ended, as the label of a metric: a {@link Problem} of the gateway, or one of these. */
public enum Outcome {
    /** The service answered, whatever its status, and the whole answer was passed on. */
    ANSWERED,
    /** The client went away, or stopped reading, before it had the answer. */
    ABORTED,
    /** The service broke off in the middle of its answer, and so did the gateway. */
    BROKEN,
    /** A WebSocket was opened. */
    TUNNELLED,
    /** A browser asked whether a page of another origin may call, and was told by the gateway that it may. */
    PREFLIGHT;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }
}
