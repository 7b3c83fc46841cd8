package io.heliograph.user.session;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class OpenSessionsTest {

    @Test
    void shouldListOwnSessionsMostRecentlyUsedFirst() {
        Person ada = Person.register();
        Person.register().signIn();
        Response phone = signIn(ada, "203.0.113.7", "Phone/1");
        Response desk = signIn(ada, "2001:db8::7", "D".repeat(300));

        as(desk).get("/api/auth/sessions")
                .then()
                .statusCode(200)
                .body("items.current", equalTo(List.of(true, false)))
                .body("items.userAgent", equalTo(List.of("D".repeat(256), "Phone/1")))
                .body("items.address", equalTo(List.of("2001:db8::7", "203.0.113.7")))
                .body("items[0].id", matchesPattern("[0-9a-f-]{36}"))
                .body("items[0].createdAt", matchesPattern(".*Z"))
                .body("items.refreshToken", equalTo(Arrays.asList(null, null)));

        refresh(phone).then().statusCode(200);
        as(desk).get("/api/auth/sessions").then().body("items.current", equalTo(List.of(false, true)));
    }

    @Test
    void shouldEndAnOwnSession() {
        Person ada = Person.register();
        Response phone = ada.signIn();
        Response desk = ada.signIn();
        String path = "/api/auth/sessions/" + id(phone);

        as(desk).delete(path).then().statusCode(204);

        assertProblem(refresh(phone), 401, "invalid_refresh_token");
        as(desk).get("/api/auth/sessions").then().body("items.current", equalTo(List.of(true)));
        assertProblem(as(desk).delete(path), 404, "session_not_found");
    }

    @Test
    void shouldNotEndASessionOfAnotherAccount() {
        Response session = Person.register().signIn();
        Response other = Person.register().signIn();
        assertProblem(as(other).delete("/api/auth/sessions/" + id(session)), 404, "session_not_found");
        assertProblem(as(other).delete("/api/auth/sessions/" + UUID.randomUUID()), 404, "session_not_found");
        assertProblem(as(other).delete("/api/auth/sessions/mine"), 404, "not_found");
        refresh(session).then().statusCode(200);
    }

    @Test
    void shouldEndTheCurrentSession() {
        Response session = Person.register().signIn();
        as(session).delete("/api/auth/sessions/" + id(session)).then().statusCode(204);
        as(session).get("/api/auth/sessions").then().body("items", empty());
    }

    @Test
    void shouldSignOutEverywhere() {
        Person ada = Person.register();
        Response phone = ada.signIn();
        Response desk = ada.signIn();
        Response other = Person.register().signIn();

        as(desk).delete("/api/auth/sessions").then().statusCode(204);

        assertProblem(refresh(phone), 401, "invalid_refresh_token");
        assertProblem(refresh(desk), 401, "invalid_refresh_token");
        refresh(other).then().statusCode(200);
        ada.signIn().then().statusCode(200);
    }

    @Test
    void shouldShowNothingWithoutAToken() {
        assertProblem(given().delete("/api/auth/sessions"), 401, "unauthenticated");
        assertProblem(given().get("/api/auth/sessions"), 401, "unauthenticated");
        assertProblem(given().delete("/api/auth/sessions/" + UUID.randomUUID()), 401, "unauthenticated");
    }

    private static Response signIn(Person person, String address, String userAgent) {
        Response session = given().header("X-Forwarded-For", address)
                .header("User-Agent", userAgent)
                .contentType(ContentType.JSON)
                .body(Map.of("login", person.username(), "password", person.password()))
                .post("/api/auth/login");
        session.then().statusCode(200);
        return session;
    }

    private static String id(Response session) {
        return as(session).get("/api/auth/sessions").path("items.find { it.current }.id");
    }

    private static RequestSpecification as(Response session) {
        return given().auth().oauth2(session.path("accessToken"));
    }

    private static Response refresh(Response session) {
        return post("/api/auth/refresh", Map.of("refreshToken", session.path("refreshToken")));
    }
}
