package io.heliograph.user.problem;

import static io.heliograph.user.Problems.assertProblem;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class UriLimitTest {

    @ParameterizedTest
    @ValueSource(ints = {20_481, 60_000})
    void shouldRejectALongerUriWithAProblem(int characters) {
        String path = "/api/users?query=";
        String query = "a".repeat(characters - path.length());

        assertProblem(Person.register().asks().get(path + query), 414, "uri_too_long");
    }
}
