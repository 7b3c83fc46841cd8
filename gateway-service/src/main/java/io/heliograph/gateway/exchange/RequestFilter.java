package io.heliograph.gateway.exchange;

/**
 * One stage of the way through the gateway. It {@linkplain Exchange#proceed passes the exchange on}, at once or later
 * on the same event loop, or it answers it; never both.
 */
public interface RequestFilter {

    void filter(Exchange exchange);
}
