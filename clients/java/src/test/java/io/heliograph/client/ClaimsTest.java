package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    @Test
    void shouldReadTheUserAndTheLifetime() {
        Claims claims =
                Claims.of(token("{\"sub\":\"id\",\"upn\":\"ada\",\"exp\":1000,\"iat\":400,\"groups\":[\"user\"]}"));

        assertEquals("id", claims.subject());
        assertEquals("ada", claims.username());
        assertEquals(600_000, claims.lifeMillis());
    }

    @Test
    void shouldHaveNoClaimsOfAnotherToken() {
        assertEquals(Claims.FOREVER, Claims.of("opaque").lifeMillis());
        assertEquals("", Claims.of("a.b.c").subject());
        assertEquals("", Claims.of(token("[]")).subject());
    }

    @Test
    void shouldRenewAtFourFifthsOfTheLifetime() {
        Tokens fresh = Tokens.fresh("opaque", "r", 10_000, 500);
        Tokens aged = Tokens.aged("opaque", "r", 10_000, 4_000, 500);

        assertEquals(8_500, fresh.renewAt());
        assertEquals(10_500, fresh.expiresAt());
        assertEquals(2_500, aged.renewAt());
        assertEquals(4_500, aged.expiresAt());
    }

    private static String token(String claims) {
        byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".c2ln";
    }
}
