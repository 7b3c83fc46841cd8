package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A shutdown must not wait for upgraded requests as it waits for others. */
@QuarkusTest
class UpgradedRequestTest extends GatewayTest {

    /** Sees upgrades as the graceful shutdown of Quarkus does. */
    @Singleton
    static class Upgrades {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        void register(@Observes Router router) {
            router.route().order(Integer.MIN_VALUE + 1).handler(this::count);
        }

        private void count(RoutingContext context) {
            if (context.request().getHeader(HttpHeaders.UPGRADE) != null) {
                begun.incrementAndGet();
                QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> ended.incrementAndGet());
            }
            context.next();
        }
    }

    @Inject
    Upgrades upgrades;

    @Test
    void shouldEndARequestAfterAnUpgrade() throws IOException {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/rooms/socket"));

            assertEquals(101, client.readHead().status());
            assertTrue(upgrades.begun.get() > 0);
            await().until(() -> upgrades.ended.get() == upgrades.begun.get());
        }
    }
}
