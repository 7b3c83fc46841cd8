package io.heliograph.message.room;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RoomTest extends MessageServiceTest {

    @Test
    void shouldMakeItsCreatorTheOwner() {
        Person ada = person("ada");
        String room = ada.creates("public");

        ada.asks().get("/api/rooms/" + room).then().statusCode(200).body("visibility", equalTo("public"));
        ada.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .statusCode(200)
                .body("items.user.username", contains("ada"))
                .body("items.role", contains("owner"))
                .body("next", nullValue());
    }

    @Test
    void shouldHideAPrivateRoomFromNonMembers() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("private");

        refused(grace.asks().get("/api/rooms/" + room), 404, "room_not_found");
        refused(grace.asks().get("/api/rooms/" + room + "/messages"), 404, "room_not_found");
        refused(grace.asks().get("/api/rooms/" + room + "/members"), 404, "room_not_found");
        refused(grace.asks().put("/api/rooms/" + room + "/members/" + grace.id()), 404, "room_not_found");
        refused(grace.sends(room, "hello"), 404, "room_not_found");
    }

    @Test
    void shouldLetAnyUserReadAndSendInAPublicRoomAfterAJoin() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        refused(grace.sends(room, "too early"), 403, "not_a_member");
        refused(grace.asks().get("/api/rooms/" + room + "/messages"), 403, "not_a_member");

        grace.joins(room);

        grace.sends(room, "hello").then().statusCode(201);
        grace.asks().get("/api/rooms/" + room + "/messages").then().statusCode(200);
    }

    @Test
    void shouldLetOnlyAnOwnerInviteAndRemove() {
        Person ada = person("ada");
        Person grace = person("grace");
        Person edith = person("edith");
        String room = ada.creates("private");
        grace.creates("private");
        edith.creates("private");

        ada.asks().put("/api/rooms/" + room + "/members/" + grace.id()).then().statusCode(200);
        refused(grace.asks().put("/api/rooms/" + room + "/members/" + edith.id()), 403, "not_an_owner");
        grace.sends(room, "thank you").then().statusCode(201);

        ada.asks()
                .delete("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(204);
        refused(grace.sends(room, "am I out?"), 404, "room_not_found");
    }

    @Test
    void shouldListTheCallersRoomsWithUnreadCounts() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "first").then().statusCode(201);
        ada.sends(room, "second").then().statusCode(201);

        grace.asks()
                .get("/api/rooms")
                .then()
                .statusCode(200)
                .body("items.id", contains(room))
                .body("items[0].lastSeq", equalTo(2))
                .body("items[0].unread", equalTo(2))
                .body("items[0].lastMessage.content", equalTo("second"))
                .body("items[0].lastMessage.sender.username", equalTo("ada"));
    }

    @Test
    void shouldPageThroughTheCallersRoomsByCursor() {
        Person ada = person("ada");
        String first = ada.creates("public");
        String second = ada.creates("private");

        String next = ada.asks()
                .get("/api/rooms?limit=1")
                .then()
                .body("items.id", contains(first))
                .body("next", notNullValue())
                .extract()
                .path("next");
        ada.asks()
                .get("/api/rooms?limit=1&after=" + next)
                .then()
                .body("items.id", contains(second))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\",\"visibility\":\"public\"}",
                "{\"name\":\" \",\"visibility\":\"public\"}",
                "{\"name\":\"x\",\"visibility\":\"secret\"}",
                "{\"name\":\"x\",\"visibility\":1}",
                "{\"name\":42,\"visibility\":\"public\"}",
                "{\"name\":\"a\\u0000b\",\"visibility\":\"public\"}",
                "{\"name\":\"\\ud800\",\"visibility\":\"public\"}"
            })
    void shouldRejectAnInvalidRoom(String body) {
        refused(
                person("ada").asks().contentType("application/json").body(body).post("/api/rooms"),
                400,
                "invalid_request");
    }

    @Test
    void shouldRejectInvalidJson() {
        refused(
                person("ada")
                        .asks()
                        .contentType("application/json")
                        .body("{\"name\":")
                        .post("/api/rooms"),
                400,
                "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "abc", "99999999999"})
    void shouldRejectAPageOfAnotherSize(String limit) {
        Response answer = person("ada").asks().get("/api/rooms?limit=" + limit);

        refused(answer, 400, "invalid_request");
        answer.then().body("errors.field", contains("limit"));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, '', 'DELETE, GET, PATCH'",
        "POST, /members, GET",
        "GET, /members/00000000-0000-7000-8000-000000000000, 'DELETE, PUT'",
        "GET, /read, PUT",
        "PUT, /messages, 'GET, POST'",
        "POST, /messages/1, 'DELETE, GET, PATCH'"
    })
    void shouldListTheAllowedMethodsOfAPath(String method, String below, String allowed) {
        Person ada = person("ada");

        Response answer = ada.asks().request(method, "/api/rooms/" + ada.creates("private") + below);

        refused(answer, 405, "method_not_allowed");
        answer.then().header("Allow", allowed);
    }

    @Test
    void shouldReportAMissingRoomAsNotFound() {
        refused(person("ada").asks().get("/api/rooms/" + UUID.randomUUID()), 404, "room_not_found");
        refused(person("ada").asks().get("/api/rooms/nonsense"), 404, "not_found");
    }

    @Test
    void shouldRequireAToken() {
        refused(anonymous().get("/api/rooms"), 401, "unauthenticated");
    }

    @Test
    void shouldRejectInvalidTokens() {
        Person ada = person("ada");
        refused(anonymous().auth().oauth2(issuer.forged(ada.id(), "ada")).get("/api/rooms"), 401, "invalid_token");
        refused(anonymous().auth().oauth2(issuer.unsigned(ada.id(), "ada")).get("/api/rooms"), 401, "invalid_token");
        String foreign = issuer.token(ada.id(), "ada", claims -> claims.setAudience("somebody-else"));
        refused(anonymous().auth().oauth2(foreign).get("/api/rooms"), 401, "invalid_token");
        String expired = issuer.token(ada.id(), "ada", claims -> claims.setExpirationTimeMinutesInTheFuture(-10));
        refused(anonymous().auth().oauth2(expired).get("/api/rooms"), 401, "invalid_token");
    }
}
