package io.heliograph.message.problem;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UriLimitTest extends MessageServiceTest {

    @ParameterizedTest
    @ValueSource(ints = {8_193, 60_000})
    void shouldRejectALongerUriWithAProblem(int characters) {
        String path = "/api/messages/search?q=";

        person("ada")
                .asks()
                .get(path + "a".repeat(characters - path.length()))
                .then()
                .statusCode(414)
                .contentType("application/problem+json")
                .body("code", equalTo("uri_too_long"))
                .body("requestId", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(ints = 8_192)
    void shouldAcceptAUriAtTheLimit(int characters) {
        String path = "/api/rooms?x=";

        person("ada")
                .asks()
                .get(path + "a".repeat(characters - path.length()))
                .then()
                .statusCode(200);
    }
}
