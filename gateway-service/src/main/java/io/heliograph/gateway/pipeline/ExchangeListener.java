package io.heliograph.gateway.pipeline;

import java.util.Locale;

/** Is notified when an exchange starts and when it has finished, on its event loop. It must return quickly. */
public interface ExchangeListener {

    void started(Exchange exchange);

    /**
     * The exchange has finished: its response has been written, or the client is gone.
     *
     * @param outcome the code of a problem of the gateway's own, or the label of an {@link Outcome}
     */
    void finished(Exchange exchange, String outcome, int status);

    /** How an exchange ended, as the label of a metric: a {@link Problem} of the gateway, or one of these. */
    enum Outcome {
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
}
