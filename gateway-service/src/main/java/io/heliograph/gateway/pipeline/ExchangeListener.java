package io.heliograph.gateway.pipeline;

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
