package io.heliograph.gateway.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.door.RawClient.Answer;
import io.heliograph.testsupport.OpenIdProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Embedded.class)
class EmbeddingTest extends GatewayTest {

    /** Set by the test resource. */
    OpenIdProvider other;

    @Test
    void shouldTakeTokensOfTheOtherIssuerInsteadOfOurs() throws IOException {
        Answer ours = get("/api/rooms/echo");

        assertEquals(401, ours.status());
        assertEquals("invalid_token", code(ours));
        assertEquals(200, call("/api/rooms/echo", "").status());
    }

    @Test
    void shouldLetItSayWhoIsAnAdministratorWhereThatIsConfigured() throws IOException {
        assertEquals(200, call("/api/staff/echo", "").status());
    }

    @Test
    void shouldBelieveTheKindOfHeaderThatItsProxiesWrite() throws IOException {
        Answer answer = call(
                "/api/rooms/echo",
                "Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:4711\";proto=https;host=chat.example\r\n"
                        + "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: evil.example\r\n");

        List<String> seen = new JsonObject(answer.body())
                .getJsonArray("headers").stream()
                        .map(Object::toString)
                        .filter(header -> header.contains("orwarded"))
                        .sorted()
                        .toList();
        assertEquals(
                List.of(
                        "Forwarded: for=\"[2001:db8::7]\";proto=https;host=\"chat.example\"",
                        "X-Forwarded-For: 2001:db8::7",
                        "X-Forwarded-Host: chat.example",
                        "X-Forwarded-Proto: https"),
                seen);
    }

    @Test
    void shouldLetPagesOfAnyOriginReadWithoutTheirCookies() throws IOException {
        Answer answer = call("/api/rooms/opinions", "Origin: https://anyone.example\r\n");

        assertEquals(List.of("*"), answer.all("Access-Control-Allow-Origin"));
        assertEquals(List.of(), answer.all("Access-Control-Allow-Credentials"));
        assertTrue(answer.all("Vary").contains("Origin"));
    }

    private Answer call(String uri, String headers) throws IOException {
        String token = other.token("RS256", claims -> claims.setStringListClaim("groups", "admin"));
        return exchange(
                "GET " + uri + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n" + headers + "\r\n");
    }
}
