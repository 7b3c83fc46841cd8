package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Additional permissions of a service account with the role integrator. */
@QuarkusTest
class IntegratorTest extends MessageServiceTest {

    private Person backend;
    private Person ada;
    private Person grace;

    @BeforeEach
    void aBackendAndTwoPeopleWhoWereHereBefore() {
        UUID id = UUID.randomUUID();
        backend = new Person(id, "shop-backend", issuer.token(id, "shop-backend", claims -> {
            claims.setStringListClaim("groups", "integrator");
            claims.setClaim("bot", true);
        }));
        backend.creates("private");
        ada = person("ada");
        ada.creates("private");
        grace = person("grace");
        grace.creates("private");
    }

    @Test
    void shouldCreateARoomForOthers() {
        String room = create(ada, grace.id(), ada.id(), grace.id());

        members(ada, room)
                .body("items.user.username", containsInAnyOrder("ada", "grace"))
                .body("items.find { it.user.username == 'ada' }.role", equalTo("owner"));
        refused(backend.asks().get("/api/rooms/" + room), 404, "room_not_found");
        refused(backend.sends(room, "not mine"), 404, "room_not_found");
    }

    @Test
    void shouldBeAMemberOfARoomOnlyOnRequest() {
        String room = create(ada, backend.id());

        backend.sends(room, "welcome").then().statusCode(201);
        members(backend, room).body("items.user.username", containsInAnyOrder("ada", "shop-backend"));
    }

    @Test
    void shouldMarkItsMessagesInEveryRead() {
        String room = create(ada, backend.id());
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.request(Map.of("type", "join", "room", room)).join();

            backend.sends(room, "welcome").then().statusCode(201).body("sender.bot", equalTo(true));

            await().until(() -> messages(socket).count() == 1);
            assertThat(messages(socket).map(frame -> frame.at("/sender/bot").asBoolean()))
                    .containsExactly(true);
        }
        ada.sends(room, "thanks").then().statusCode(201).body("sender", not(hasKey("bot")));
        ada.asks()
                .get("/api/rooms/" + room + "/messages?after=0")
                .then()
                .body("items[0].sender.bot", equalTo(true))
                .body("items[1].sender", not(hasKey("bot")));
        members(ada, room).body("items.find { it.user.username == 'shop-backend' }.user.bot", equalTo(true));
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.request(Map.of("type", "join", "room", room, "after", 0)).join();

            await().until(() -> messages(socket).count() == 2);
            assertThat(messages(socket).map(frame -> frame.at("/sender/bot").asBoolean()))
                    .containsExactly(true, false);
        }
    }

    @Test
    void shouldAddAndRemoveMembersOfAnyRoom() {
        String room = ada.creates("private");

        put(room, grace).then().statusCode(200).body("role", equalTo("member"));
        members(backend, room).body("items.user.username", containsInAnyOrder("ada", "grace"));
        backend.asks().delete(member(room, grace)).then().statusCode(204);
        refused(backend.asks().delete(member(room, grace)), 404, "member_not_found");
        members(ada, room).body("items.user.username", contains("ada"));

        batch(room, grace).then().statusCode(200).body("items.result", contains("added"));
        put(room, backend).then().statusCode(200);
        backend.sends(room, "here I am").then().statusCode(201);
    }

    @Test
    void shouldAddUsersWhoBlockedItButInviteThoseWhoLeft() {
        String room = ada.creates("private");
        grace.asks().put("/api/rooms/blocks/" + backend.id()).then().statusCode(204);

        put(room, grace).then().statusCode(200);
        grace.asks().delete(member(room, grace)).then().statusCode(204);

        put(room, grace).then().statusCode(202);
    }

    @Test
    void shouldMakeOwners() {
        String room = ada.creates("private");

        backend.asks()
                .contentType("application/json")
                .body(Map.of("role", "owner"))
                .put(member(room, grace))
                .then()
                .statusCode(200)
                .body("role", equalTo("owner"));
    }

    @Test
    void shouldNotReadOrChangeOtherRooms() {
        String room = ada.creates("private");
        ada.sends(room, "private").then().statusCode(201);

        refused(backend.asks().get("/api/rooms/" + room + "/messages"), 404, "room_not_found");
        refused(backend.asks().delete("/api/rooms/" + room), 404, "room_not_found");
        refused(put(UUID.randomUUID().toString(), grace), 404, "room_not_found");
    }

    @Test
    void shouldNotLetOtherUsersCreateRoomsForOthers() {
        refused(post(ada, Map.of("name", "a room", "visibility", "private", "owner", grace.id())), 403, "forbidden");
        refused(
                post(ada, Map.of("name", "a room", "visibility", "private", "members", List.of(grace.id()))),
                403,
                "forbidden");
        post(ada, Map.of("name", "a room", "visibility", "private", "owner", ada.id(), "members", List.of(ada.id())))
                .then()
                .statusCode(201);
    }

    @Test
    void shouldRejectTooManyMembers() {
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(1_001).toList();

        refused(
                post(backend, Map.of("name", "a room", "visibility", "private", "owner", ada.id(), "members", many)),
                400,
                "invalid_request");
    }

    private String create(Person owner, UUID... members) {
        return post(
                        backend,
                        Map.of(
                                "name",
                                "Order 17",
                                "visibility",
                                "private",
                                "owner",
                                owner.id(),
                                "members",
                                List.of(members)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response post(Person caller, Map<String, Object> room) {
        return caller.asks().contentType("application/json").body(room).post("/api/rooms");
    }

    private Response put(String room, Person person) {
        return backend.asks().put(member(room, person));
    }

    private Response batch(String room, Person person) {
        return backend.asks()
                .contentType("application/json")
                .body(Map.of("members", List.of(Map.of("user", person.id()))))
                .post("/api/rooms/" + room + "/members/batch");
    }

    private static String member(String room, Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }

    private static ValidatableResponse members(Person caller, String room) {
        return caller.asks().get("/api/rooms/" + room + "/members").then().statusCode(200);
    }

    private static Stream<JsonNode> messages(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.path("type").asText().equals("message"));
    }
}
