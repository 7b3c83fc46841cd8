package io.heliograph.user.session;

import static io.heliograph.user.Person.post;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.ChannelReader;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.Person;
import io.heliograph.user.SpentTokens;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The revocations that are published over Redis (docs/adr/0013). */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class RevocationTest {

    private static final String REVOCATIONS = "heliograph:revocations";

    /** Set by {@link EmbeddedStores}, as is the other. */
    PostgresServer postgres;

    RedisServer redis;

    @AfterEach
    void startWhatWasStopped() {
        redis.start();
    }

    @Test
    void shouldPublishASignedOutSession() {
        Response session = Person.register().signIn();
        try (ChannelReader subscriber = ChannelReader.of(redis, REVOCATIONS)) {
            long before = System.currentTimeMillis();

            logout(session);

            // Without waiting: it is published before the response.
            double score = stored(session).orElseThrow();
            assertTrue(score >= before && score <= System.currentTimeMillis(), "published at " + score);
            assertEquals(member(session), subscriber.next());
        }
    }

    @Test
    void shouldPublishASessionWhoseRefreshTokenWasReused() throws SQLException {
        Response session = Person.register().signIn();
        refresh(session);
        refresh(session);
        assertTrue(stored(session).isEmpty());
        SpentTokens.age(postgres);

        refresh(session);

        assertTrue(stored(session).isPresent());
    }

    @Test
    void shouldPublishTheOldestSessionThatANewOneReplaced() {
        Person ada = Person.register();
        Response oldest = ada.signIn();
        Response second = ada.signIn();
        // The limit is 3 in tests.
        ada.signIn();
        assertTrue(stored(oldest).isEmpty());

        ada.signIn();

        assertTrue(stored(oldest).isPresent());
        assertTrue(stored(second).isEmpty());
    }

    @Test
    void shouldPublishASessionThatAnotherSessionEnded() {
        Person ada = Person.register();
        Response other = ada.signIn();
        String id = member(other).substring("session:".length());

        ada.asks().delete("/api/auth/sessions/" + id).then().statusCode(204);

        assertTrue(stored(other).isPresent());
    }

    @Test
    void shouldPublishTheSessionsThatAPasswordChangeEnded() {
        Person ada = Person.register();
        Response other = ada.signIn();
        Response here = ada.signIn();

        given().auth()
                .oauth2(here.path("accessToken"))
                .contentType(ContentType.JSON)
                .body(Map.of("currentPassword", ada.password(), "newPassword", "battery staple"))
                .put("/api/users/me/password")
                .then()
                .statusCode(204);

        assertTrue(stored(other).isPresent());
        assertTrue(stored(here).isEmpty());
    }

    @Test
    void shouldExpireRevocationsAfterTheLifetimeOfAToken() {
        long now = System.currentTimeMillis();
        add("session:outlived", now - Duration.ofMinutes(16).toMillis() - 1);
        add("session:not-outlived", now - Duration.ofMinutes(15).toMillis());

        logout(Person.register().signIn());

        assertFalse(score("session:outlived").isPresent());
        assertTrue(score("session:not-outlived").isPresent());
        long left = Long.parseLong(redis.execute("PTTL " + REVOCATIONS));
        assertTrue(
                left > Duration.ofMinutes(15).toMillis()
                        && left <= Duration.ofMinutes(16).toMillis(),
                left + " ms");
    }

    @Test
    void shouldSignOutWithoutRedisAndPublishTheRevocationLater() {
        Response session = Person.register().signIn();
        redis.kill();

        logout(session);
        redis.start();

        await().until(() -> stored(session).isPresent());
    }

    @Test
    void shouldSignOutWhileRedisHangsAndPublishTheRevocationLater() throws Exception {
        Response session = Person.register().signIn();
        signal("STOP");
        try {
            logout(session);
        } finally {
            signal("CONT");
        }

        await().until(() -> stored(session).isPresent());
    }

    @Test
    void shouldCountPublishedAndLostRevocations() {
        double published = revocations("published");
        double lost = revocations("lost");

        logout(Person.register().signIn());
        assertTrue(revocations("published") > published);

        redis.kill();
        logout(Person.register().signIn());

        await().until(() -> revocations("lost") > lost);
    }

    private static double revocations(String result) {
        return Meters.of("heliograph_session_revocations_total{result=\"" + result + "\"");
    }

    private OptionalDouble stored(Response session) {
        return score(member(session));
    }

    private OptionalDouble score(String member) {
        String score = redis.execute("ZSCORE " + REVOCATIONS + " " + member);
        return score == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(score));
    }

    private void add(String member, long time) {
        redis.execute("ZADD %s %d %s".formatted(REVOCATIONS, time, member));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.process().pid()))
                .start()
                .waitFor();
    }

    private static void logout(Response session) {
        post("/api/auth/logout", token(session)).then().statusCode(204);
    }

    private static void refresh(Response session) {
        post("/api/auth/refresh", token(session));
    }

    private static Map<String, String> token(Response session) {
        return Map.of("refreshToken", session.path("refreshToken"));
    }

    private static String member(Response session) {
        String token = session.path("accessToken");
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return "session:"
                + JsonPath.from(new String(claims, StandardCharsets.UTF_8)).getString("sid");
    }
}
