package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuthenticationTest extends GatewayTest {

    @Test
    void shouldRequireAToken() throws IOException {
        int before = good.requests();

        Answer answer = call("GET /api/rooms/echo", "");

        assertEquals(401, answer.status());
        assertEquals("unauthenticated", code(answer));
        assertEquals("Bearer", answer.header("WWW-Authenticate"));
        assertEquals(before, good.requests());
    }

    @Test
    void shouldRejectAnInvalidToken() throws IOException {
        refuses(issuer.forged(ADA, "ada"));
        refuses(issuer.unsigned(ADA, "ada"));
        refuses(issuer.token(ADA, "ada", claims -> claims.setAudience("billing")));
        refuses(issuer.token(ADA, "ada", claims -> claims.setIssuer("someone")));
        refuses(issuer.token(ADA, "ada", claims -> claims.setExpirationTimeMinutesInTheFuture(-5)));
        refuses("rubbish");
        refuses("x".repeat(9_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/auth/register",
                "POST /api/auth/login",
                "POST /api/auth/refresh",
                "POST /api/auth/logout",
                "DELETE /api/auth/login",
                "GET /api/ws"
            })
    void shouldForwardPublicCalls(String call) throws IOException {
        Answer answer = call(call, "Content-Length: 0\r\n");

        assertEquals(200, answer.status());
    }

    @Test
    void shouldPublishTheKeysOfTheIssuer() throws IOException {
        assertEquals(200, call("GET /.well-known/jwks.json", "").status());
        assertEquals(401, call("POST /.well-known/jwks.json", "").status());
        assertEquals(404, call("GET /.well-known/jwks.json/x", "").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /api/users/auth", "GET /api/users/me?path=/api/auth/login", "POST /api/rooms/auth/login"})
    void shouldRequireATokenForPathsThatResemblePublicCalls(String call) throws IOException {
        assertEquals(401, call(call, "Content-Length: 0\r\n").status());
    }

    @Test
    void shouldIgnoreTokensOfPublicCalls() throws IOException {
        Answer answer = call("POST /api/auth/login", "Content-Length: 0\r\nAuthorization: Bearer expired\r\n");

        assertEquals(200, answer.status());
    }

    @Test
    void shouldVerifyTokensOnRoutesWithPublicCalls() throws IOException {
        assertEquals(
                401,
                call("GET /api/auth/sessions", "Authorization: Bearer expired\r\n")
                        .status());
        assertEquals(200, get("/api/auth/sessions").status());
    }

    @Test
    void shouldVerifyTheTokenOfAWebSocketUpgrade() throws IOException {
        assertEquals(
                401, call("GET /api/ws", "Authorization: Bearer expired\r\n").status());
        assertEquals(200, get("/api/ws").status());
    }

    @Test
    void shouldRejectTwoAuthorizationHeaders() throws IOException {
        Answer answer = get("/api/rooms/echo", bearer());

        assertEquals(401, answer.status());
        assertEquals("invalid_token", code(answer));
    }

    @Test
    void shouldRejectAConnectionHeaderThatListsAuthorization() throws IOException {
        Answer answer = get("/api/rooms/echo", "Connection: Authorization\r\n");

        // Otherwise the service would not get the caller.
        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
    }

    @Test
    void shouldKeepTheConnectionOfACallerWithoutAToken() throws IOException {
        try (RawClient client = connect()) {
            Answer refused = client.send("POST /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
                    .read();
            Answer next = client.send(request("GET", "/api/rooms/echo")).read();

            assertEquals(401, refused.status());
            assertEquals(200, next.status());
        }
    }

    @Test
    void shouldAdmitOnlyCallersWithTheRoleOfTheRoute() throws IOException {
        String admin = issuer.token(ADA, "ada", claims -> claims.setStringListClaim("groups", "user", "admin"));
        String noRole = issuer.token(ADA, "ada", claims -> claims.unsetClaim("groups"));

        assertEquals(
                200,
                call("GET /api/staff/echo", "Authorization: Bearer " + admin + "\r\n")
                        .status());
        Answer user = get("/api/staff/echo");
        assertEquals(403, user.status());
        assertEquals("forbidden", code(user));
        assertEquals(
                403,
                call("GET /api/staff/echo", "Authorization: Bearer " + noRole + "\r\n")
                        .status());
        assertEquals(401, call("GET /api/staff/echo", "").status());
        assertEquals(200, call("GET /api/staff/hours", "").status());
    }

    @Test
    void shouldNotTrustARoleHeaderOfTheClient() throws IOException {
        assertEquals(403, get("/api/staff/echo", "X-User-Roles: admin\r\n").status());
        assertEquals(403, get("/api/staff/echo?groups=admin").status());
    }

    private void refuses(String token) throws IOException {
        Answer answer = call("GET /api/rooms/echo", "Authorization: Bearer " + token + "\r\n");
        assertEquals(401, answer.status());
        assertEquals("invalid_token", code(answer));
        assertEquals("Bearer error=\"invalid_token\"", answer.header("WWW-Authenticate"));
    }

    private Answer call(String methodAndUri, String headers) throws IOException {
        return exchange(methodAndUri + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
    }
}
