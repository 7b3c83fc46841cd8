package io.heliograph.user.database;

import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.DatabaseFailureContract;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.user.Passwordless;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@TestProfile(Passwordless.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class DatabaseFailureTest extends DatabaseFailureContract {

    OtherIssuers issuers;

    private String token;

    @BeforeEach
    void someone() {
        token = issuers.chat()
                .token("RS256", claims -> claims.setSubject(UUID.randomUUID().toString()));
    }

    @Override
    protected String table() {
        return "user_service.users";
    }

    @Override
    protected Response write() {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("displayName", UUID.randomUUID().toString()))
                .patch("/api/users/me");
    }

    @Override
    protected Response read() {
        return given().auth().oauth2(token).get("/api/users/me");
    }
}
