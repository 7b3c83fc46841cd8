package io.heliograph.gateway.exchange;

/** Is told of every exchange, on its event loop, twice; it must not take long. */
public interface ExchangeListener {

    void started(Exchange exchange);

    /**
     * The exchange is finished: its answer has been handed over, or nobody is there to take it.
     *
     * @param outcome the code of a problem of the gateway's own, or the label of an {@link Outcome}
     */
    void finished(Exchange exchange, String outcome, int status);
}
