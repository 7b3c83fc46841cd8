package io.heliograph.user.external;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.user.Passwordless;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All accounts come from other issuers. */
@QuarkusTest
@TestProfile(Passwordless.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class PasswordlessTest {

    OtherIssuers issuers;

    @Test
    void shouldRejectRegistrationAndSignInByPassword() {
        assertProblem(
                post(
                        "/api/auth/register",
                        Map.of("username", "ada", "email", "ada@example.org", "password", "correct horse")),
                403,
                "passwords_disabled");
        assertProblem(Person.signIn("ada", "correct horse"), 403, "passwords_disabled");
    }

    @Test
    void shouldServeExternalUsers() {
        given().auth()
                .oauth2(issuers.chat().token("RS256", claims -> {}))
                .get("/api/users/me")
                .then()
                .statusCode(200);
    }
}
