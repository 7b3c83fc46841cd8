package io.heliograph.user.negotiation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testsupport.ContentNegotiationContract;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class ContentNegotiationTest extends ContentNegotiationContract {

    /** Set by {@link TestSettings}. */
    TestKeys keys;

    @Test
    void shouldChangeNothingForAClientThatDoesNotAcceptTheResponse() {
        Person ada = Person.register();

        ada.asks()
                .header("Accept", "foo")
                .contentType("application/json")
                .body("{\"displayName\": \"Changed\"}")
                .patch("/api/users/me")
                .then()
                .statusCode(406);

        assertThat(ada.asks().get("/api/users/me").<String>path("displayName")).isEqualTo(ada.username());
    }

    @Override
    protected RequestSpecification asks() {
        String token =
                keys.token(UUID.randomUUID(), claims -> claims.setStringListClaim("groups", List.of("user", "admin")));
        return given().auth().oauth2(token);
    }

    @Override
    protected String readable() {
        return "/api/users?query=nobody";
    }
}
