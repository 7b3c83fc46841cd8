package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Embedded.class)
class EmbeddingTest extends EmbeddedTest {

    @Test
    void shouldAcceptTokensOfTheOtherIssuer() throws IOException {
        Answer ours = exchange("GET /api/rooms/echo HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                + issuer.token(ADA, "ada") + "\r\n\r\n");

        assertEquals(401, ours.status());
        assertEquals("invalid_token", code(ours));
        assertEquals(200, get("/api/rooms/echo").status());
    }

    @Test
    void shouldTrustTheAdminRoleOfAConfiguredIssuer() throws IOException {
        assertEquals(200, get("/api/staff/echo").status());
    }

    @Test
    void shouldTrustTheConfiguredKindOfHeader() throws IOException {
        Answer answer = get(
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

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms/echo", "/api/nothing", "/index.html"})
    void shouldSendHstsOverTls(String uri) throws IOException {
        Answer secure = get(uri, "Forwarded: for=203.0.113.7;proto=https\r\n");
        Answer clear = get(uri, "Forwarded: for=203.0.113.7;proto=http\r\n");

        assertEquals(List.of("max-age=31536000; includeSubDomains"), secure.all("Strict-Transport-Security"));
        assertEquals(List.of(), clear.all("Strict-Transport-Security"));
    }
}
