package io.heliograph.gateway.pipeline;

import java.util.List;
import java.util.Locale;

/** The filters that an exchange passes, in order, and the listeners of its start and end. */
public record FilterChain(List<RequestFilter> filters, ExchangeMetrics metrics, List<ExchangeListener> listeners) {

    void started(Exchange exchange) {
        metrics.started();
        // By index: an iterator for each request would be garbage for nothing.
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).started(exchange);
        }
    }

    void finished(Exchange exchange, String outcome, int status) {
        metrics.finished(exchange.route(), exchange.method(), status, outcome, exchange.elapsedNanos());
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).finished(exchange, outcome, status);
        }
    }

    /**
     * A filter of the request pipeline. It {@linkplain Exchange#proceed passes the exchange on}, at once or later on the
     * same event loop, or responds; never both.
     */
    public interface RequestFilter {

        void filter(Exchange exchange);
    }

    /** Is notified when an exchange starts and when it has finished, on its event loop. It must return quickly. */
    public interface ExchangeListener {

        void started(Exchange exchange);

        /**
         * The exchange has finished: its response has been written, or the client is gone.
         *
         * @param outcome the code of a problem of the gateway's own, or the label of an {@link Outcome}
         */
        void finished(Exchange exchange, String outcome, int status);
    }

    /** How an exchange ended, as the label of a metric: a {@link Problem} of the gateway, or one of these. */
    public enum Outcome {
        /** The service answered, whatever its status, and the whole answer was passed on. */
        ANSWERED,
        /** The client went away, or stopped reading, before it had the answer. */
        ABORTED,
        /** The service broke off in the middle of its answer, and so did the gateway. */
        INCOMPLETE,
        /** A WebSocket was opened. */
        UPGRADED,
        /** A browser asked whether a page of another origin may call, and was told by the gateway that it may. */
        PREFLIGHT;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }
}
