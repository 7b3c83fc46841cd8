package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.UpgradeCounter;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A shutdown must not wait for upgraded requests as it waits for others. */
@QuarkusTest
class UpgradedRequestTest extends GatewayTest {

    /** Sees upgrades as the graceful shutdown of Quarkus does. */
    @Singleton
    static class Upgrades extends UpgradeCounter {

        void register(@Observes Router router) {
            router.route().order(Integer.MIN_VALUE + 1).handler(this::count);
        }
    }

    @Inject
    Upgrades upgrades;

    @Test
    void shouldEndARequestAfterAnUpgrade() throws IOException {
        try (RawClient client = connect()) {
            client.send(upgrade("/api/rooms/socket"));

            assertEquals(101, client.readHead().status());
            assertTrue(upgrades.begun() > 0);
            await().until(() -> upgrades.ended() == upgrades.begun());
        }
    }
}
