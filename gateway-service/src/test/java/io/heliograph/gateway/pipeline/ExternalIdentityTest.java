package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.testsupport.OpenIdProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of another issuer in addition to the own one; {@code ExternalIssuerTest} has the rejections. */
@QuarkusTest
class ExternalIdentityTest extends GatewayTest {

    /** Set by the test resource. */
    OpenIdProvider other;

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void shouldAdmitCallersOfTheOtherIssuer(String algorithm) throws IOException {
        String token = other.token(algorithm, claims -> {});

        Answer answer = call("/api/rooms/echo", token);

        assertEquals(200, answer.status());
        assertEquals(
                List.of("Authorization: Bearer " + token),
                new JsonObject(answer.body())
                        .getJsonArray("headers").stream()
                                .map(Object::toString)
                                .filter(header -> header.startsWith("Authorization"))
                                .toList());
        assertEquals(200, get("/api/rooms/echo").status());
    }

    @Test
    void shouldNotTrustTheAdminRoleOfTheOtherIssuer() throws IOException {
        Answer answer = call(
                "/api/staff/echo",
                other.token("RS256", claims -> claims.setStringListClaim("groups", "user", "admin")));

        assertEquals(403, answer.status());
        assertEquals("forbidden", code(answer));
    }

    @Test
    void shouldRejectTokensForAnotherAudience() throws IOException {
        Answer answer = call("/api/rooms/echo", other.token("RS256", claims -> claims.setAudience("shop")));

        assertEquals(401, answer.status());
        assertEquals("invalid_token", code(answer));
    }

    private Answer call(String uri, String token) throws IOException {
        return exchange("GET " + uri + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }
}
