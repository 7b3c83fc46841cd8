package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes by administrators and integrators to messages and rooms of others. */
@QuarkusTest
class RepairTest extends MessageServiceTest {

    private Person ada;
    private Person grace;
    private Person admin;
    private Person backend;
    private String room;

    @BeforeEach
    void aRoomOfTwo() {
        ada = person("ada");
        grace = person("grace");
        grace.creates("private");
        admin = person("root", "admin");
        backend = person("backend", "integrator");
        room = ada.creates("private");
        ada.asks().put(member(grace)).then().statusCode(200);
    }

    @Test
    void shouldDeleteAnyMessageWithAReason() {
        grace.sends(room, "buy this").then().statusCode(201);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(UUID.fromString(room));

            delete(admin, 1, "?reason=spam").then().statusCode(204);

            await().until(() -> socket.frames().stream().anyMatch(RepairTest::isDeletion));
            JsonNode frame = socket.frames().stream()
                    .filter(RepairTest::isDeletion)
                    .findFirst()
                    .orElseThrow();
            assertThat(frame.at("/deletion/by").asText()).isEqualTo("moderator");
            assertThat(frame.at("/deletion/reason").asText()).isEqualTo("spam");
        }
        history()
                .body("items[0].content", equalTo(""))
                .body("items[0].deletion.by", equalTo("moderator"))
                .body("items[0].deletion.reason", equalTo("spam"));
        // A later reader gets it too.
        ada.asks()
                .get("/api/rooms/" + room + "/changes?after=0")
                .then()
                .body("items[0].deletion.reason", equalTo("spam"));
        events().body("items.event", contains("message_deletion"))
                .body("items[0].seq", equalTo(1))
                .body("items[0].user.username", equalTo("grace"))
                .body("items[0].reason", equalTo("spam"));
        // The message is already deleted; its deletion does not change.
        delete(ada, 1, "?reason=other").then().statusCode(204);
        history().body("items[0].deletion.reason", equalTo("spam"));
    }

    @Test
    void shouldRecordWhetherAnOwnerOrTheSenderDeletedAMessage() {
        grace.sends(room, "one").then().statusCode(201);
        grace.sends(room, "two").then().statusCode(201);

        delete(ada, 1, "").then().statusCode(204);
        delete(grace, 2, "").then().statusCode(204);

        history()
                .body("items[1].deletion.by", equalTo("owner"))
                .body("items[1].deletion", not(hasKey("reason")))
                .body("items[0]", not(hasKey("deletion")));
        events().body("items", hasSize(1));
    }

    @Test
    void shouldLetAnIntegratorDeleteOnlyInItsRooms() {
        grace.sends(room, "one").then().statusCode(201);

        refused(delete(backend, 1, ""), 404, "room_not_found");
        refused(delete(person("eve"), 1, ""), 404, "room_not_found");
        backend.asks().put(member(backend)).then().statusCode(200);
        delete(backend, 1, "?reason=spam").then().statusCode(204);

        history().body("items[0].deletion.by", equalTo("moderator"));
        refused(delete(admin, 7, ""), 404, "message_not_found");
        refused(delete(admin, 1, "?reason=" + "x".repeat(501)), 400, "invalid_request");
    }

    @Test
    void shouldLetAnAdministratorReadChangeAndDeleteAnyRoom() {
        admin.asks().get("/api/rooms/" + room).then().statusCode(200).body("name", equalTo("a room"));
        admin.asks().get("/api/rooms/" + room + "/members").then().body("items", hasSize(2));
        change(admin, "a decent name").then().statusCode(200);
        ada.asks().get("/api/rooms/" + room).then().body("name", equalTo("a decent name"));
        events().body("items.event", contains("room_change")).body("items[0].details.name", equalTo("a room"));

        admin.asks().delete("/api/rooms/" + room + "?reason=spam").then().statusCode(204);

        refused(ada.asks().get("/api/rooms/" + room), 404, "room_not_found");
        events().body("items.event", contains("room_deletion", "room_change")).body("items[0].reason", equalTo("spam"));
    }

    @Test
    void shouldRecordNothingOfAnOwnersOwnRoom() {
        change(ada, "another name").then().statusCode(200);

        events().body("items", hasSize(0));
    }

    @Test
    void shouldLetAnIntegratorRepairItsRooms() {
        refused(change(backend, "mine"), 404, "room_not_found");
        refused(backend.asks().get("/api/rooms/" + room), 404, "room_not_found");

        backend.asks().put(member(backend)).then().statusCode(200);
        change(backend, "mine").then().statusCode(200);
        refused(change(grace, "hers"), 403, "not_an_owner");
    }

    @Test
    void shouldLetAnAdministratorGiveRoles() {
        role(admin, grace, "owner").then().statusCode(200).body("role", equalTo("owner"));
        role(admin, ada, "member").then().statusCode(200).body("role", equalTo("member"));
        refused(role(admin, grace, "member"), 409, "last_owner");

        events().body("items.event", contains("member_role", "member_role"))
                .body("items.details.role", contains("member", "owner"));
    }

    private ValidatableResponse events() {
        return admin.asks().get("/api/rooms/audit-events?room=" + room).then().statusCode(200);
    }

    private ValidatableResponse history() {
        return ada.asks().get("/api/rooms/" + room + "/messages").then().statusCode(200);
    }

    private Response delete(Person caller, long seq, String query) {
        return caller.asks().delete("/api/rooms/" + room + "/messages/" + seq + query);
    }

    private Response change(Person caller, String name) {
        return caller.asks()
                .contentType("application/json")
                .body(Map.of("name", name))
                .patch("/api/rooms/" + room);
    }

    private Response role(Person caller, Person person, String role) {
        return caller.asks()
                .contentType("application/json")
                .body(Map.of("role", role))
                .put(member(person));
    }

    private String member(Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }

    private static boolean isDeletion(JsonNode frame) {
        return frame.get("type").asText().equals("deleted");
    }
}
