package io.heliograph.user.feed;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.ReplicatedStores;
import io.heliograph.user.TestSettings;
import io.heliograph.user.WithStandby;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithStandby.class)
@WithTestResource(ReplicatedStores.class)
@WithTestResource(TestSettings.class)
class NoFeedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer " + TestSettings.FEED_SECRET})
    void shouldHaveNoFeedWithoutASecret(String authorization) {
        assertProblem(given().header("Authorization", authorization).get("/internal/profiles"), 404, "not_found");
    }
}
