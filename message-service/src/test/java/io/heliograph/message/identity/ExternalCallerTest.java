package io.heliograph.message.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.OpenIdProvider;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;

/** Users of external issuers without a user-service; the end-to-end tests have both. */
@QuarkusTest
@TestProfile(PeerServices.class)
class ExternalCallerTest extends MessageServiceTest {

    OtherIssuers issuers;

    /** Set by the test resource. */
    PostgresServer postgres;

    @Test
    void shouldNotUseTheUsernameOfTheExternalToken() {
        Person ada = person("ada");
        ada.creates("public");
        String alsoAda = token(unique(), claims -> claims.setStringClaim("preferred_username", "ada"));

        refused(rooms(alsoAda), 503, "users_unavailable");
        try (Socket socket = Socket.open(server())) {
            var answer =
                    socket.request(Map.of("type", "connect", "token", alsoAda)).join();
            assertEquals("users_unavailable", answer.get("code").asText());
            // The client may try again on the same socket.
            assertEquals(
                    "pong",
                    socket.request(Map.of("type", "ping")).join().get("type").asText());
        }
    }

    @Test
    void shouldUseTheLastKnownUsernameWhileUserServiceIsDown() throws Exception {
        String subject = unique();
        remember(derived(issuers.chat().issuer(), subject), "grace-4711");

        String token = token(subject, claims -> claims.setStringClaim("preferred_username", "ada"));

        rooms(token).then().statusCode(200).body("items", empty());
        try (Socket socket = Socket.of(server(), token)) {
            assertEquals(
                    "grace-4711", socket.welcome().get("user").get("username").asText());
        }
    }

    @Test
    void shouldRejectTokensWithInvalidClaimsOrAlgorithms() {
        assertRefused(token(unique(), claims -> claims.setAudience("billing")));
        assertRefused(token(unique(), claims -> claims.unsetClaim("aud")));
        assertRefused(token(unique(), claims -> claims.setExpirationTimeMinutesInTheFuture(-2)));
        assertRefused(token(unique(), claims -> claims.setIssuer("https://elsewhere.example")));
        assertRefused(token(unique(), claims -> claims.setClaim("groups", List.of(1))));
        assertRefused(issuers.chat().token("RS512", claims -> {}));
        assertRefused(issuers.chat().token("none", claims -> {}));
    }

    @Test
    void shouldRejectATokenOfOneIssuerInTheNameOfAnother() {
        OpenIdProvider chat = issuers.chat();

        assertRefused(issuers.shop().token("RS256", claims -> claims.setIssuer(chat.issuer())));
        assertRefused(chat.token("ES256", claims -> {
            claims.setIssuer("heliograph");
            claims.setAudience("heliograph");
            claims.setSubject(UUID.randomUUID().toString());
        }));
        assertRefused(issuer.token(UUID.randomUUID(), "ada", claims -> {
            claims.setIssuer(chat.issuer());
            claims.setAudience(OpenIdProvider.AUDIENCE);
        }));
    }

    @Test
    void shouldRejectAnUnpublishedKey() throws Exception {
        JsonWebKey unknown = OpenIdProvider.named(EcJwkGenerator.generateJwk(EllipticCurves.P256));

        assertRefused(issuers.chat().sign("ES256", unknown, claims -> {}));
    }

    @Test
    void shouldFollowARotationAndKeepKnownKeysWhileTheIssuerIsDown() throws Exception {
        OpenIdProvider shop = issuers.shop();
        remember(derived(shop.issuer(), "ada"), unique());
        String before = shop.token("RS256", claims -> claims.setSubject("ada"));
        rooms(before).then().statusCode(200);

        shop.leave();
        String after;
        try {
            rooms(shop.token("ES256", claims -> claims.setSubject("ada")))
                    .then()
                    .statusCode(200);
            shop.rotate();
            after = shop.token("RS256", claims -> claims.setSubject("ada"));
            refused(rooms(after), 503, "keys_unavailable");
        } finally {
            shop.open();
        }

        rooms(after).then().statusCode(200);
        assertRefused(before);
    }

    private String token(String subject, Consumer<JwtClaims> change) {
        return issuers.chat().token("RS256", change.andThen(claims -> claims.setSubject(subject)));
    }

    private static Response rooms(String token) {
        return given().auth().oauth2(token).get("/api/rooms");
    }

    private static void assertRefused(String token) {
        refused(rooms(token), 401, "invalid_token");
    }

    /** As an earlier answer of user-service left it. */
    private void remember(UUID id, String username) throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement(
                        "insert into people (id, username, display_name) values (?, ?, ?)")) {
            statement.setObject(1, id);
            statement.setString(2, username);
            statement.setString(3, username);
            statement.executeUpdate();
        }
    }

    /** The id that docs/adr/0025 gives someone. */
    private static UUID derived(String issuer, String subject) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest((issuer + "\0" + subject).getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x80);
        long high = ByteBuffer.wrap(hash).getLong();
        return new UUID(high, (ByteBuffer.wrap(hash).getLong(8) >>> 2) | Long.MIN_VALUE);
    }

    private static String unique() {
        return "e" + UUID.randomUUID().toString().replace("-", "").substring(0, 28);
    }
}
