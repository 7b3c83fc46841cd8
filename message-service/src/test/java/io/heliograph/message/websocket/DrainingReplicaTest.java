package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ReplicatedStores;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A draining replica that has closed no socket yet; its clients send frames that would otherwise close their sockets.
 * It drains from then on; the other tests of this configuration open no sockets.
 */
@QuarkusTest
@TestProfile(ReplicatedStores.Profile.class)
class DrainingReplicaTest extends MessageServiceTest {

    @Inject
    SettableSocketConfig config;

    @Inject
    SessionRegistry registry;

    @Test
    void shouldCloseWithADrainAndNothingElse() {
        config.set("maxBadFrames", 5);
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket joining = Socket.of(server(), ada.token());
                Socket malformed = Socket.of(server(), ada.token());
                RawSocket broken = RawSocket.open(server());
                Socket unknown = Socket.open(server())) {
            registry.announceDrain();
            await().until(() -> joining.frames().stream()
                    .anyMatch(frame -> frame.get("type").asText().equals("drain")));

            for (int i = 0; i < 120; i++) {
                assertThat(joining.join(room).get("code").asText()).isEqualTo("draining");
            }
            assertThat(joining.request(Map.of("type", "ping"))
                            .join()
                            .get("type")
                            .asText())
                    .isEqualTo("pong");
            for (int i = 0; i < 60; i++) {
                malformed.sendFrame("nonsense");
            }
            unknown.sendFrame(Map.of("type", "connect", "token", "nonsense"));

            broken.headOf(RawSocket.TEXT, 140_000);

            assertThat(broken.awaitClose()).isEqualTo(4000);
            assertThat(malformed.awaitClose()).isEqualTo(4000);
            assertThat(unknown.awaitClose()).isEqualTo(4000);
        }
    }
}
