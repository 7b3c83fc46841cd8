package io.heliograph.message.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A replica that goes away and has closed no socket yet; its clients do what would close their sockets elsewhere. */
@QuarkusTest
@TestProfile(DrainingReplicaTest.FewMistakes.class)
class DrainingReplicaTest extends MessageServiceTest {

    public static final class FewMistakes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("heliograph.socket.max-bad-frames", "5");
        }
    }

    @Inject
    Sessions sessions;

    @Test
    void shouldCloseWithADrainAndNothingElse() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket joining = Socket.of(server(), ada.token());
                Socket malformed = Socket.of(server(), ada.token());
                Socket unknown = Socket.open(server())) {
            sessions.announceDrain();
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
            for (int i = 0; i < 10; i++) {
                malformed.tell("nonsense");
            }
            unknown.tell(Map.of("type", "connect", "token", "nonsense"));

            assertThat(malformed.awaitClose()).isEqualTo(4000);
            assertThat(unknown.awaitClose()).isEqualTo(4000);
        }
    }
}
