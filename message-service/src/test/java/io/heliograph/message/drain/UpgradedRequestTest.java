package io.heliograph.message.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.testsupport.Socket;
import io.heliograph.testsupport.UpgradeCounter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

/** A shutdown must not wait for upgraded requests as it waits for others. */
@QuarkusTest
class UpgradedRequestTest extends MessageServiceTest {

    /** Sees upgrades as the graceful shutdown of Quarkus does. */
    @Singleton
    static class Upgrades extends UpgradeCounter {

        void register(@Observes Filters filters) {
            filters.register(this::count, 1);
        }
    }

    @Inject
    Upgrades upgrades;

    @Test
    void shouldEndARequestAfterAnUpgrade() {
        try (Socket socket = Socket.of(server(), person("ada").token())) {
            assertThat(upgrades.begun()).isPositive();
            await().until(() -> upgrades.ended() == upgrades.begun());
            assertThat(socket.closeCode()).isEmpty();
        }
    }
}
