package io.heliograph.message.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventTest extends MessageServiceTest {

    private final List<Socket> sockets = new ArrayList<>();
    private Person ada;
    private Person grace;
    private UUID room;
    private Socket mine;
    private Socket hers;

    @BeforeEach
    void bringTwoTogether() {
        ada = person("ada");
        grace = person("grace");
        String id = ada.creates("public");
        grace.joins(id);
        room = UUID.fromString(id);
        mine = socket(ada);
        hers = socket(grace);
        mine.join(room);
        hers.join(room);
    }

    @AfterEach
    void close() {
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldReachJoinedSocketsOnly() {
        Socket outside = socket(grace);

        mine.sendFrame(event("cursor.moved", Map.of("x", 1, "y", List.of("ü", 2.5))));

        await().until(() -> events(hers).size() == 1 && events(mine).size() == 1);
        JsonNode frame = events(hers).get(0);
        assertThat(frame.get("room").asText()).isEqualTo(room.toString());
        assertThat(frame.get("name").asText()).isEqualTo("cursor.moved");
        assertThat(frame.get("data")).isEqualTo(Json.parse("{\"x\":1,\"y\":[\"ü\",2.5]}"));
        assertThat(frame.at("/sender/id").asText()).isEqualTo(ada.id().toString());
        assertThat(events(outside)).isEmpty();
    }

    @Test
    void shouldBePublishedOverHttpByMembersAndIntegrators() {
        Person backend = person("backend", "integrator");

        post(ada, "saved", Map.of("page", 3)).then().statusCode(202);
        await().until(() -> events(hers).size() == 1);
        post(backend, "deployed", null).then().statusCode(202);
        await().until(() -> events(hers).size() == 2);

        JsonNode frame = events(hers).get(1);
        assertThat(frame.get("data").isNull()).isTrue();
        assertThat(frame.at("/sender/username").asText()).isEqualTo("backend");
        refused(post(person("eve"), "saved", null), 403, "not_a_member");
    }

    @Test
    void shouldHaveNeitherSeqNorRev() {
        post(ada, "saved", 1).then().statusCode(202);
        await().until(() -> events(hers).size() == 1);

        JsonNode ack = mine.send(room, "c", "a message");

        assertThat(ack.get("seq").asLong()).isEqualTo(1);
        assertThat(ack.get("rev").asLong()).isEqualTo(1);
        Socket later = socket(grace);
        later.request(Map.of("type", "join", "room", room, "after", 0)).join();
        await().until(() -> later.messages(room).size() == 1);
        assertThat(events(later)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "two words", "ünicode", "12345678901234567890123456789012345678901234567890123456789012345"})
    void shouldRejectAnInvalidName(String name) {
        refused(post(ada, name, null), 400, "invalid_request");
        assertThat(answer(event(name, 1)).get("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void shouldBoundTheDataInBytes() {
        // Two bytes each, between quotes.
        String fits = "ü".repeat(2_047);

        post(ada, "saved", fits).then().statusCode(202);
        await().until(() -> events(hers).size() == 1);
        assertThat(events(hers).get(0).get("data").asText()).isEqualTo(fits);
        refused(post(ada, "saved", fits + "x"), 400, "invalid_request");
        assertThat(answer(event("saved", fits + "x")).get("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void shouldRejectAnUnpairedSurrogate() {
        Response answer = ada.asks()
                .contentType("application/json")
                .body("{\"name\":\"saved\",\"data\":\"\\ud800\"}")
                .post(path());

        refused(answer, 400, "invalid_request");
    }

    @Test
    void shouldRejectAnEventInARoomThatWasNotJoined() {
        assertThat(answer(Map.of("type", "event", "room", UUID.randomUUID(), "name", "saved"))
                        .get("code")
                        .asText())
                .isEqualTo("not_joined");
    }

    @Test
    void shouldLimitTheRateOfEvents() {
        await().until(() -> {
            for (int i = 0; i < 100; i++) {
                mine.sendFrame(event("flood", i));
            }
            return mine.frames().stream()
                    .anyMatch(frame -> frame.path("code").asText().equals("rate_limited"));
        });
        await().until(() -> {
            for (int i = 0; i < 100; i++) {
                mine.sendFrame(event("flood", i));
            }
            return post(ada, "flood", 1).statusCode() == 429;
        });
        // Messages have a limit of their own.
        assertThat(mine.send(room, "c", "a message").get("type").asText()).isEqualTo("ack");
        assertThat(mine.closeCode()).isEmpty();
    }

    private Socket socket(Person person) {
        Socket socket = Socket.of(server(), person.token());
        sockets.add(socket);
        return socket;
    }

    private Map<String, Object> event(String name, Object data) {
        return Map.of("type", "event", "room", room, "name", name, "data", data);
    }

    private JsonNode answer(Map<String, Object> request) {
        return mine.request(request).join();
    }

    private String path() {
        return "/api/rooms/" + room + "/events";
    }

    private Response post(Person person, String name, Object data) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name));
        if (data != null) {
            body.put("data", data);
        }
        return person.asks().contentType("application/json").body(body).post(path());
    }

    private static List<JsonNode> events(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("event"))
                .toList();
    }
}
