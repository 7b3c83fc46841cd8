package io.heliograph.message.testsupport;

import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.Json;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A user with a valid token. */
public record Person(UUID id, String username, String token) {

    public RequestSpecification asks() {
        return given().auth().oauth2(token);
    }

    /** The id of a new room of this visibility. */
    public String creates(String visibility) {
        return creates("a room", visibility);
    }

    /** The id of a new public room of this name. */
    public String createsPublic(String name) {
        return creates(name, "public");
    }

    private String creates(String name, String visibility) {
        ValidatableResponse created = asks().contentType("application/json")
                .body(Map.of("name", name, "visibility", visibility))
                .post("/api/rooms")
                .then()
                .statusCode(201);
        return Json.body(created).get("id").textValue();
    }

    public void joins(String room) {
        asks().put("/api/rooms/" + room + "/members/" + id).then().statusCode(200);
    }

    public Response sends(String room, String content) {
        return sends(room, Map.of("content", content));
    }

    public Response sendsBatch(String room, List<Map<String, String>> messages) {
        return asks().contentType("application/json")
                .body(Map.of("messages", messages))
                .post("/api/rooms/" + room + "/messages/batch");
    }

    public Response reads(String room, Object seq) {
        return asks().contentType("application/json").body(Map.of("seq", seq)).put("/api/rooms/" + room + "/read");
    }

    public Response sends(String room, Map<String, Object> message) {
        return asks().contentType("application/json").body(message).post("/api/rooms/" + room + "/messages");
    }
}
