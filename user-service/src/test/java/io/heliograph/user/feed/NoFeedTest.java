package io.heliograph.user.feed;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.heliograph.user.WithFeed;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class NoFeedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer " + WithFeed.SECRET})
    void shouldHaveNoFeedWithoutASecret(String authorization) {
        assertProblem(given().header("Authorization", authorization).get("/internal/profiles"), 404, "not_found");
    }
}
