package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.compression.CompressionPolicy;
import java.util.List;
import java.util.Locale;

/** The filters that an exchange passes, in order, and what applies to every exchange. */
public record FilterChain(
        List<RequestFilter> filters,
        CompressionPolicy compression,
        ExchangeMetrics metrics,
        List<ExchangeListener> listeners) {

    void started(Exchange exchange) {
        metrics.started();
        // By index, which allocates no iterator for each request.
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).started(exchange);
        }
    }

    void finished(Exchange exchange, String outcome, int status) {
        metrics.finished(
                exchange.route(), exchange.method(), exchange.isLongPoll(), status, outcome, exchange.elapsedNanos());
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).finished(exchange, outcome, status);
        }
    }

    /**
     * A filter of the request pipeline. It {@linkplain Exchange#proceed passes the exchange on}, at once or later on
     * the
     * same event loop, or responds; never both.
     */
    public interface RequestFilter {

        void filter(Exchange exchange);
    }

    /** Is notified of the start and the end of each exchange, on its event loop. It must not block. */
    public interface ExchangeListener {

        void started(Exchange exchange);

        /**
         * The exchange has finished: its response has been written, or the client has disconnected.
         *
         * @param outcome the code of a {@link Problem}, or the label of an {@link Outcome}
         */
        void finished(Exchange exchange, String outcome, int status);
    }

    /** How an exchange ended without a {@link Problem}. Used as the label of metrics. */
    public enum Outcome {
        /** The complete response, of any status, was written. */
        ANSWERED,
        /** The client disconnected or stopped reading before the end of the response. */
        ABORTED,
        /** The response of the service was incomplete, and so was that of the gateway. */
        INCOMPLETE,
        /** A WebSocket was opened. */
        UPGRADED,
        /** The gateway allowed a CORS preflight request. */
        PREFLIGHT;

        private final String label = name().toLowerCase(Locale.ROOT);

        public String label() {
            return label;
        }
    }
}
