package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Tokens;
import io.heliograph.testsupport.Socket;
import java.util.Map;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class TokenTest {

    private static final int UNAUTHENTICATED = 4501;

    private final Heliograph heliograph;
    private final Map<String, String> bad;

    TokenTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        Tokens tokens = Tokens.of(heliograph.signingKeys());
        this.bad = Map.of(
                "forged", tokens.forged(),
                "unsigned", tokens.unsigned(),
                "expired", tokens.with(claims -> claims.setExpirationTime(NumericDate.fromSeconds(1_000_000_000))),
                "for others", tokens.with(claims -> claims.setAudience("elsewhere")),
                "of another issuer", tokens.with(claims -> claims.setIssuer("elsewhere")),
                "garbage", "not.a.token");
    }

    @Test
    void shouldBeRejectedByTheGateway() {
        assertRefused(heliograph.gateway(), "/api/rooms");
        assertRefused(heliograph.gateway(), "/api/users/me");
    }

    @Test
    void shouldBeRejectedByServicesBehindTheGateway() {
        assertRefused(heliograph.messages(0), "/api/rooms");
        assertRefused(heliograph.users(), "/api/users/me");
    }

    @Test
    void shouldCloseASocketThatConnectsWithAnInvalidToken() {
        bad.forEach((kind, token) -> {
            try (Socket socket = heliograph.gateway().openSocket()) {
                socket.sendFrame(Map.of("type", "connect", "token", token));

                assertEquals(UNAUTHENTICATED, socket.awaitClose(), kind);
                assertFalse(
                        socket.frames().stream()
                                .anyMatch(frame -> frame.path("type").asText().equals("welcome")),
                        kind);
            }
        });
    }

    @Test
    void shouldRequireATokenOfARequestWithoutOne() {
        Reply reply = heliograph.gateway().get("/api/rooms").expect(401);

        assertEquals("unauthenticated", reply.code());
        assertTrue(reply.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
    }

    private void assertRefused(Api api, String path) {
        bad.forEach((kind, token) -> {
            Reply reply = api.withToken(token).get(path);

            assertEquals(401, reply.status(), kind);
            assertEquals("invalid_token", reply.code(), kind);
            assertTrue(reply.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), kind);
        });
    }
}
