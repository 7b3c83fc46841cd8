package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bans from a room by its owners, by integrators and by administrators. */
@QuarkusTest
class BanTest extends MessageServiceTest {

    private static final int RACES = 15;

    private Person ada;
    private Person grace;
    private Person admin;
    private Person backend;

    /** A room of their own makes people known here. */
    @BeforeEach
    void people() {
        ada = person("ada");
        grace = person("grace");
        grace.creates("private");
        admin = person("root", "admin");
        backend = person("backend", "integrator");
    }

    @Test
    void shouldRejectEveryRequestOfABannedMember() {
        String room = ada.creates("public");
        grace.joins(room);
        try (Socket socket = Socket.of(server(), grace.token())) {
            socket.join(UUID.fromString(room));

            ban(ada, room, grace, Map.of("reason", "spam"))
                    .then()
                    .statusCode(200)
                    .body("user.username", equalTo("grace"))
                    .body("bannedBy.username", equalTo("ada"))
                    .body("reason", equalTo("spam"))
                    .body("until", nullValue());

            await().until(() ->
                    socket.frames().stream().anyMatch(frame -> type(frame).equals("left")));
            JsonNode answer =
                    socket.request(Map.of("type", "join", "room", room)).join();
            assertThat(answer.get("code").asText()).isEqualTo("not_a_member");
            JsonNode event = socket.request(Map.of("type", "event", "room", room, "name", "saved"))
                    .join();
            assertThat(event.get("code").asText()).isEqualTo("not_joined");
        }
        refused(grace.sends(room, "still here"), 403, "not_a_member");
        refused(grace.asks().get("/api/rooms/" + room + "/messages"), 403, "not_a_member");
        refused(grace.asks().put(member(room, grace)), 403, "banned");
        refused(ada.asks().put(member(room, grace)), 403, "banned");
        refused(backend.asks().put(member(room, grace)), 403, "banned");
        ada.asks()
                .contentType("application/json")
                .body(Map.of("members", List.of(Map.of("user", grace.id()))))
                .post("/api/rooms/" + room + "/members/batch")
                .then()
                .body("items[0].result", equalTo("refused"))
                .body("items[0].code", equalTo("banned"));
    }

    @Test
    void shouldWithdrawAnInvitationOfTheBannedUser() {
        String room = ada.creates("private");
        grace.asks().put("/api/rooms/blocks/" + admin.id());
        ada.asks().put(member(room, grace)).then().statusCode(200);
        grace.asks().delete(member(room, grace)).then().statusCode(204);
        ada.asks().put(member(room, grace)).then().statusCode(202);

        ban(ada, room, grace, Map.of()).then().statusCode(200);

        grace.asks().get("/api/rooms/invitations").then().body("items", hasSize(0));
        refused(grace.asks().put(member(room, grace)), 404, "room_not_found");
        refused(ada.asks().put(member(room, grace)), 403, "banned");
    }

    @Test
    void shouldEndAtItsTimeOrWhenItIsLifted() {
        String room = ada.creates("public");
        ban(ada, room, grace, Map.of("until", Instant.now().plusSeconds(2).toString()))
                .then()
                .statusCode(200);
        refused(grace.asks().put(member(room, grace)), 403, "banned");

        await().until(() -> grace.asks().put(member(room, grace)).statusCode() == 200);
        bans(ada, room).body("items", hasSize(0));
        refused(ada.asks().delete(path(room, grace)), 404, "ban_not_found");

        ban(ada, room, grace, Map.of()).then().statusCode(200);
        bans(ada, room).body("items.user.username", contains("grace"));
        ada.asks().delete(path(room, grace)).then().statusCode(204);
        grace.joins(room);
    }

    @Test
    void shouldBeRepeatedWithAnotherReasonAndEnd() {
        String room = ada.creates("public");
        String until = Instant.now().plusSeconds(3_600).toString();

        ban(ada, room, grace, Map.of()).then().statusCode(200);
        ban(admin, room, grace, Map.of("reason", "spam", "until", until)).then().statusCode(200);

        bans(ada, room)
                .body("items", hasSize(1))
                .body("items[0].reason", equalTo("spam"))
                .body("items[0].bannedBy.username", equalTo("root"));
    }

    @Test
    void shouldBePermittedToOwnersIntegratorsAndAdministrators() {
        String room = ada.creates("private");
        ada.asks().put(member(room, grace));

        refused(ban(grace, room, ada, Map.of()), 403, "not_an_owner");
        refused(ban(person("eve"), room, grace, Map.of()), 404, "room_not_found");
        refused(grace.asks().get("/api/rooms/" + room + "/bans"), 403, "not_an_owner");
        refused(ban(ada, room, ada, Map.of()), 400, "invalid_request");
        refused(
                ban(
                        ada,
                        room,
                        grace,
                        Map.of("until", Instant.now().minusSeconds(1).toString())),
                400,
                "invalid_request");
        refused(ban(ada, room, grace, Map.of("reason", "")), 400, "invalid_request");
        refused(ban(ada, room, person("nobody"), Map.of()), 503, "users_unavailable");
        ban(backend, room, grace, Map.of()).then().statusCode(200);
        backend.asks().delete(path(room, grace)).then().statusCode(204);
        ban(admin, room, grace, Map.of()).then().statusCode(200);
        bans(admin, room).body("items", hasSize(1));
    }

    @Test
    void shouldRecordTheModeratorAndTheReason() {
        String room = ada.creates("private");
        ada.asks().put(member(room, grace)).then().statusCode(200);
        admin.asks().delete(member(room, grace) + "?reason=loud").then().statusCode(204);
        ban(ada, room, grace, Map.of("reason", "spam"));
        ada.asks().delete(path(room, grace));

        Response events = admin.asks().get("/api/rooms/audit-events?room=" + room);

        events.then()
                .statusCode(200)
                .body("items.event", contains("room_unban", "room_ban", "member_removal"))
                .body(
                        "items.actor.id",
                        contains(
                                ada.id().toString(),
                                ada.id().toString(),
                                admin.id().toString()))
                .body("items[0].user.username", equalTo("grace"))
                .body("items[1].reason", equalTo("spam"))
                .body("items[2].reason", equalTo("loud"))
                .body("next", nullValue());
        Response first = admin.asks().get("/api/rooms/audit-events?limit=1&user=" + grace.id());
        admin.asks()
                .get("/api/rooms/audit-events?limit=1&user=" + grace.id() + "&after=" + first.path("next"))
                .then()
                .body("items.event", contains("room_ban"));
        refused(ada.asks().get("/api/rooms/audit-events"), 403, "forbidden");
        refused(backend.asks().get("/api/rooms/audit-events"), 403, "forbidden");
    }

    @Test
    void shouldNotLetABannedUserJoinConcurrently() {
        for (int i = 0; i < RACES; i++) {
            String room = ada.creates("public");
            atOnce(
                    () -> grace.asks().put(member(room, grace)),
                    () -> ban(ada, room, grace, Map.of()).then().statusCode(200));

            ada.asks().get("/api/rooms/" + room + "/members").then().body("items.user.username", not(hasItem("grace")));
        }
    }

    @Test
    void shouldKeepAnOwnerWhenBansAndDeparturesOfOwnersRace() {
        Person edith = person("edith");
        edith.creates("private");
        for (int i = 0; i < RACES; i++) {
            String room = ada.creates("public");
            grace.joins(room);
            edith.joins(room);
            atOnce(
                    () -> ban(admin, room, ada, Map.of()),
                    () -> ada.asks().delete(member(room, ada)),
                    () -> grace.asks().delete(member(room, grace)),
                    () -> admin.asks()
                            .contentType("application/json")
                            .body(Map.of("role", "owner"))
                            .put(member(room, edith)));

            edith.asks()
                    .get("/api/rooms/" + room + "/members")
                    .then()
                    .body("items.user.username", not(hasItem("ada")))
                    .body("items.find { it.user.username == 'edith' }.role", equalTo("owner"));
        }
    }

    private static void atOnce(Runnable... calls) {
        CompletableFuture.allOf(
                        Stream.of(calls).map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
    }

    private static Response ban(Person caller, String room, Person person, Map<String, Object> body) {
        return caller.asks().contentType("application/json").body(body).put(path(room, person));
    }

    private static ValidatableResponse bans(Person caller, String room) {
        return caller.asks().get("/api/rooms/" + room + "/bans").then().statusCode(200);
    }

    private static String path(String room, Person person) {
        return "/api/rooms/" + room + "/bans/" + person.id();
    }

    private static String member(String room, Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }

    private static String type(JsonNode frame) {
        return frame.get("type").asText();
    }
}
