package io.heliograph.user;

import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.Json;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Someone with an account, made over the API, and what they do with it. */
public record Person(UUID id, String username, String email, String password) {

    private static final String PASSWORD = "correct horse";

    /** With a name that no other test has. */
    public static Person register() {
        String username = "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        return register(username, username + "@example.org");
    }

    public static Person register(String username, String email) {
        String id = Json.body(tryRegister(username, email).then().statusCode(201))
                .get("id")
                .textValue();
        return new Person(UUID.fromString(id), username, email, PASSWORD);
    }

    public static Response tryRegister(String username, String email) {
        return post("/api/auth/register", Map.of("username", username, "email", email, "password", PASSWORD));
    }

    public static Response post(String path, Object body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    public Response signIn() {
        return signIn(username, password);
    }

    public static Response signIn(String login, String password) {
        return post("/api/auth/login", Map.of("login", login, "password", password));
    }

    /** Through a gateway that forwards this address of the client. */
    public static Response signInFrom(String address, String login, String password) {
        return given().header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(Map.of("login", login, "password", password))
                .post("/api/auth/login");
    }

    /** Showing the cookie that a sign-in before has set. */
    public static Response signInFrom(String address, String login, String password, String device) {
        return given().header("X-Forwarded-For", address)
                .cookie("heliograph_device", device)
                .contentType(ContentType.JSON)
                .body(Map.of("login", login, "password", password))
                .post("/api/auth/login");
    }

    public String accessToken() {
        return Json.body(signIn().then().statusCode(200)).get("accessToken").textValue();
    }

    /** A request that carries this person's token. */
    public RequestSpecification asks() {
        return given().auth().oauth2(accessToken());
    }
}
