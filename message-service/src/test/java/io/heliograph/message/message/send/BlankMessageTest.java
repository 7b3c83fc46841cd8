package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages without visible characters, over each way to send. */
@QuarkusTest
class BlankMessageTest extends MessageServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"   ", "\n\t", "\u200B\u2060", "\u3164", "\u202E \u2066"})
    void shouldRejectAMessageWithoutVisibleCharacters(String content) {
        Person ada = person("ada");
        String room = ada.creates("private");
        ada.sends(room, "seen").then().statusCode(201);

        refused(ada.sends(room, content), 400, "invalid_request");
        refused(
                ada.sendsBatch(room, List.of(Map.of("content", "seen"), Map.of("content", content))),
                400,
                "invalid_request");
        refused(
                ada.asks()
                        .contentType("application/json")
                        .body(Map.of("content", content))
                        .patch("/api/rooms/" + room + "/messages/1"),
                400,
                "invalid_request");
        try (Socket socket = Socket.of(server(), ada.token())) {
            assertThat(socket.send(UUID.fromString(room), "c", content)
                            .get("code")
                            .asText())
                    .isEqualTo("invalid_request");
        }
    }
}
