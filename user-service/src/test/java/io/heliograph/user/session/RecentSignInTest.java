package io.heliograph.user.session;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Permissions of a session whose sign-in was a while ago, however often it was renewed. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class RecentSignInTest {

    private static final String ME = "/api/users/me";

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    private Person ada;
    private String renewed;

    @BeforeEach
    void aSessionThatWasSignedInElevenMinutesAgo() throws SQLException {
        ada = Person.register();
        Response session = ada.signIn();
        Database.run(
                postgres,
                "update sessions set created_at = created_at - interval '11 minutes' where user_id = '" + ada.id()
                        + "'");
        renewed = post("/api/auth/refresh", Map.of("refreshToken", session.path("refreshToken")))
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");
    }

    @Test
    void shouldNotChangeTheAddress() {
        assertProblem(change("{\"email\": \"new-%s\"}".formatted(ada.email())), 403, "recent_sign_in_required");

        change("{\"email\": \"%s\", \"displayName\": \"Ada\"}".formatted(ada.email()))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldNotChangeThePassword() {
        Response changed = asks().body(Map.of("currentPassword", ada.password(), "newPassword", "battery staple"))
                .put("/api/users/me/password");

        assertProblem(changed, 403, "recent_sign_in_required");
        ada.signIn().then().statusCode(200);
    }

    @Test
    void shouldNotDeleteTheAccount() {
        assertProblem(asks().delete(ME), 403, "recent_sign_in_required");

        given().auth().oauth2(ada.accessToken()).delete(ME).then().statusCode(204);
    }

    private Response change(String body) {
        return asks().body(body).patch(ME);
    }

    private RequestSpecification asks() {
        return given().auth().oauth2(renewed).contentType(ContentType.JSON);
    }
}
