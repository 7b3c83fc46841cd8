package io.heliograph.gateway.pipeline;

/**
 * A filter of the request pipeline. It {@linkplain Exchange#proceed passes the exchange on}, at once or later on the
 * same event loop, or responds; never both.
 */
public interface RequestFilter {

    void filter(Exchange exchange);
}
