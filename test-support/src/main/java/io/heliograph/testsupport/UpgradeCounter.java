package io.heliograph.testsupport;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests with {@code Upgrade} as the graceful shutdown of Quarkus does: each begins, and ends once Quarkus
 * considers it done. A test registers {@link #count} before the other handlers.
 */
public class UpgradeCounter {

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    public void count(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.UPGRADE) != null) {
            begun.incrementAndGet();
            QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> ended.incrementAndGet());
        }
        context.next();
    }

    public int begun() {
        return begun.get();
    }

    public int ended() {
        return ended.get();
    }
}
