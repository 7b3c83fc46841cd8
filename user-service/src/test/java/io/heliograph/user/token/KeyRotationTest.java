package io.heliograph.user.token;

import static io.heliograph.user.Problems.assertProblem;
import static io.heliograph.user.TestKeys.newEcKey;
import static io.heliograph.user.TestKeys.newKey;
import static io.heliograph.user.TestKeys.privateSet;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with the keys changes under a running service. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class KeyRotationTest {

    TestKeys keys;

    @AfterEach
    void asItWas() throws IOException {
        provide(privateSet(keys.newest(), keys.older()));
        awaitPublished("newest", "older");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void shouldRotateWithoutInterruptingSignedInUsers(String algorithm) throws Exception {
        Person ada = Person.register();
        String old = ada.accessToken();
        Queue<Response> answers = new ConcurrentLinkedQueue<>();
        AtomicReference<String> token = new AtomicReference<>(old);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> use(ada, token, answers, over));
        PublicJsonWebKey next = algorithm.equals("RS256") ? newKey("next") : newEcKey("next");

        provide(made(next, Instant.now()));
        awaitPublished("next", "newest", "older");
        assertEquals("newest", signer(token.get()), "published, and not signing yet");

        provide(made(next, Instant.now().minus(publishAhead())));
        await().until(() -> signer(token.get()).equals("next"));
        String renewed = token.get();
        me(old).then().statusCode(200);
        me(renewed).then().statusCode(200);

        await().until(() -> answers.size() > 10);
        over.set(true);
        traffic.join();
        answers.forEach(answer -> assertEquals(200, answer.statusCode(), answer.asString()));

        provide(privateSet(next));
        awaitPublished("next");
        assertProblem(me(old), 401, "invalid_token").header("WWW-Authenticate", containsString("invalid_token"));
        me(renewed).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"EC\"}]}"})
    void shouldKeepItsKeysWhileTheFileIsInvalid(String wrong) throws Exception {
        Person ada = Person.register();
        String token = ada.accessToken();
        double refused = Meters.of("heliograph_signing_keys_reloads_total{result=\"failure\"");

        provide(wrong);

        await().until(() -> Meters.of("heliograph_signing_keys_reloads_total{result=\"failure\"") > refused);
        assertEquals(List.of("newest", "older"), published());
        me(token).then().statusCode(200);
        assertEquals("newest", signer(ada.accessToken()));
    }

    @Test
    void shouldLetCachesStoreAndRevalidateTheKeys() throws Exception {
        Response first = given().get("/.well-known/jwks.json");
        String version = first.header("ETag");
        first.then().header("Cache-Control", equalTo("public, max-age=300")).header("ETag", startsWith("\""));

        given().header("If-None-Match", version)
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(304)
                .header("ETag", equalTo(version))
                .header("Cache-Control", equalTo("public, max-age=300"))
                .body(emptyString());
        provide(privateSet(newEcKey("next"), keys.newest()));
        awaitPublished("next", "newest");
        given().header("If-None-Match", version)
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200);
    }

    /** The contents of the file with {@code next} as if it had been made at this time. */
    private String made(PublicJsonWebKey next, Instant time) {
        next.setOtherParameter("iat", time.getEpochSecond());
        return privateSet(next, keys.newest(), keys.older());
    }

    private static Duration publishAhead() {
        return ConfigProvider.getConfig().getValue("heliograph.tokens.publish-ahead", Duration.class);
    }

    /** Renews the session as a client does, but more often. */
    private static void use(Person person, AtomicReference<String> token, Queue<Response> answers, AtomicBoolean over) {
        Response session = person.signIn();
        while (!over.get()) {
            token.set(session.path("accessToken"));
            answers.add(me(token.get()));
            session = Person.post("/api/auth/refresh", Map.of("refreshToken", session.path("refreshToken")));
            answers.add(session);
        }
    }

    /** Replaces the file atomically, as a swapped link does. */
    private static void provide(String content) throws IOException {
        Path file = Path.of(ConfigProvider.getConfig().getValue("heliograph.tokens.signing-keys", String.class));
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitPublished(String... ids) {
        await().until(() -> published().equals(List.of(ids)));
    }

    private static List<String> published() {
        return given().get("/.well-known/jwks.json").path("keys.kid");
    }

    private static String signer(String token) throws JoseException {
        return JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
    }

    private static Response me(String token) {
        return given().auth().oauth2(token).get("/api/users/me");
    }
}
