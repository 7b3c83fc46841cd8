package io.heliograph.message.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What keeps a stop from waiting for sockets as it waits for requests. */
@QuarkusTest
class UpgradedRequestTest extends MessageServiceTest {

    /** Sees upgrades as the graceful shutdown of Quarkus does. */
    @Singleton
    static class Upgrades {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        void register(@Observes Filters filters) {
            filters.register(this::count, 1);
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
    void shouldEndARequestOnceItIsASocket() {
        try (Socket socket = Socket.of(server(), person("ada").token())) {
            assertThat(upgrades.begun.get()).isPositive();
            await().until(() -> upgrades.ended.get() == upgrades.begun.get());
            assertThat(socket.closeCode()).isEmpty();
        }
    }
}
