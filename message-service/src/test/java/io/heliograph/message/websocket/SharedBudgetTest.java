package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One budget per user for all requests that use the database, over REST and over the socket. */
@QuarkusTest
class SharedBudgetTest extends MessageServiceTest {

    private static final int BURST = 10;

    @Inject
    SettableSocketConfig config;

    private Person ada;
    private String room;

    @BeforeEach
    void aBudgetThatDoesNotFill() {
        ada = person("ada");
        room = ada.creates("private");
        config.set("sendsPerSecond", 0);
        config.set("sendBurst", BURST);
    }

    @AfterEach
    void reset() {
        config.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "join", "leave", "read"})
    void shouldChargeEachFrameThatQueriesTheDatabase(String type) {
        try (Socket socket = Socket.of(server(), ada.token())) {
            for (int i = 0; i < BURST; i++) {
                assertThat(ask(socket, type, i).get("type").asText()).isNotEqualTo("error");
            }

            assertThat(ask(socket, type, BURST).path("code").asText()).isEqualTo("rate_limited");
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldChargeABatchItsMessagesAndShareTheBudgetWithTheSocket() {
        try (Socket socket = Socket.of(server(), ada.token())) {
            ada.sendsBatch(room, messages(BURST - 2)).then().statusCode(201);

            var refused = ada.sendsBatch(room, messages(3));

            refused(refused, 429, "rate_limited");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            ada.sends(room, "there are two left").then().statusCode(201);
            assertThat(ask(socket, "send", 1).get("type").asText()).isEqualTo("ack");
            refused(ada.sends(room, "there is none left"), 429, "rate_limited");
            assertThat(ask(socket, "send", 2).path("code").asText()).isEqualTo("rate_limited");
            ada.asks().get("/api/rooms/" + room + "/messages").then().body("items", hasSize(BURST));
        }
    }

    @Test
    void shouldChargeUsersSeparately() {
        ada.sendsBatch(room, messages(BURST)).then().statusCode(201);
        refused(ada.sends(room, "too much"), 429, "rate_limited");

        Person grace = person("grace");
        grace.sends(grace.creates("private"), "hello").then().statusCode(201);
    }

    private JsonNode ask(Socket socket, String type, int i) {
        Map<String, Object> request =
                switch (type) {
                    case "send" -> Map.of("type", type, "room", room, "clientId", "c" + i, "content", "x");
                    case "read" -> Map.of("type", type, "room", room, "seq", 0);
                    default -> Map.of("type", type, "room", room);
                };
        return socket.request(request).join();
    }

    private static List<Map<String, String>> messages(int count) {
        return Collections.nCopies(count, Map.of("content", "x"));
    }
}
