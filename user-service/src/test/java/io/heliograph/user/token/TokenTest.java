package io.heliograph.user.token;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.TokenIssuer;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class TokenTest {

    private static final UUID NOBODY = UUID.fromString("00000000-0000-7000-8000-000000000000");
    private static final Consumer<JwtClaims> AS_IT_IS = claims -> {};

    TestKeys keys;
    TokenIssuer strangeIssuer;

    @Test
    void shouldPublishAllPublicKeys() {
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", containsString("max-age="))
                .body("keys.kid", equalTo(List.of("newest", "older")))
                .body("keys.alg", equalTo(List.of("ES256", "RS256")))
                .body("keys.x", notNullValue())
                .body("keys[0].d", nullValue())
                .body("keys[1].d", nullValue());
    }

    @Test
    void shouldSignATokenThatAnyoneCanCheckByThePublishedKeys() throws Exception {
        Person ada = Person.register();
        String token = ada.accessToken();
        var published = new JsonWebKeySet(given().get("/.well-known/jwks.json").asString());

        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(published.getJsonWebKeys()))
                .setExpectedIssuer("heliograph")
                .setExpectedAudience("heliograph")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);

        assertEquals("newest", JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue());
        assertEquals("JWT", JsonWebStructure.fromCompactSerialization(token).getHeader("typ"));
        assertEquals(ada.id().toString(), claims.getSubject());
        assertEquals(ada.username(), claims.getStringClaimValue("upn"));
        assertEquals(List.of("user"), claims.getStringListClaimValue("groups"));
        assertNotNull(UUID.fromString(claims.getStringClaimValue("sid")));
        assertEquals(
                900,
                claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
    }

    @Test
    void shouldAcceptATokenOfAnyPublishedKey() {
        assertAccepted(keys.token(NOBODY, AS_IT_IS, keys.newest()));
        assertAccepted(keys.token(NOBODY, AS_IT_IS, keys.older()));
    }

    @Test
    void shouldAcceptATokenAfterSeveralBlanks() {
        given().header("Authorization", "Bearer   " + Person.register().accessToken())
                .get("/api/users/me")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldTolerateAMinuteOfClockSkew() {
        assertAccepted(keys.token(NOBODY, expiredSince(30)));
        assertRefused(keys.token(NOBODY, expiredSince(90)));
        assertAccepted(keys.token(NOBODY, claims -> claims.setIssuedAt(in(30))));
        assertRefused(keys.token(NOBODY, claims -> claims.setIssuedAt(in(90))));
        assertAccepted(keys.token(NOBODY, claims -> claims.setNotBefore(in(30))));
        assertRefused(keys.token(NOBODY, claims -> claims.setNotBefore(in(90))));
    }

    @Test
    void shouldRejectAVerifiedTokenAfterItHasExpired() {
        String token = acceptedFor(3);

        await().untilAsserted(() -> assertRefused(token));
    }

    @Test
    void shouldRejectAnotherSignatureOfAVerifiedToken() {
        String token = keys.token(NOBODY, AS_IT_IS);
        assertAccepted(token);

        String other = keys.token(NOBODY, AS_IT_IS, TestKeys.newEcKey("newest"));
        assertRefused(token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void shouldReject(String what, Consumer<JwtClaims> change) {
        assertRefused(keys.token(NOBODY, change));
    }

    static Stream<Object[]> wrongClaims() {
        return Stream.of(
                wrong("another audience", claims -> claims.setAudience("elsewhere")),
                wrong("no audience", claims -> claims.unsetClaim("aud")),
                wrong("another issuer", claims -> claims.setIssuer("elsewhere")),
                wrong("no issuer", claims -> claims.unsetClaim("iss")),
                wrong("no subject", claims -> claims.unsetClaim("sub")),
                wrong("a subject that is no id", claims -> claims.setSubject("ada")),
                wrong("no expiry", claims -> claims.unsetClaim("exp")),
                wrong("an expiry that is no time", claims -> claims.setStringClaim("exp", "tomorrow")),
                wrong("a time not yet come", claims -> claims.setNotBeforeMinutesInThePast(-5)));
    }

    @Test
    void shouldRejectATokenOfAnUnknownKey() {
        assertRefused(strangeIssuer.token(NOBODY, "someone"));
    }

    @Test
    void shouldRejectATokenOfAnotherKeyWithAKnownKeyId() {
        assertRefused(keys.token(NOBODY, AS_IT_IS, TestKeys.newEcKey("newest")));
    }

    /** Of two algorithms that one type of key could serve, only the one that was published counts. */
    @Test
    void shouldRejectATokenThatChoosesItsAlgorithm() {
        assertRefused(keys.sign(
                NOBODY, AS_IT_IS, "older", keys.older().getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA512));
        assertRefused(keys.sign(
                NOBODY,
                AS_IT_IS,
                "older",
                keys.newest().getPrivateKey(),
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256));
    }

    @Test
    void shouldAcceptATokenOfTheOlderKeyOfAnotherAlgorithm() {
        Person ada = Person.register();

        given().auth()
                .oauth2(keys.token(ada.id(), AS_IT_IS, keys.older()))
                .get("/api/users/me")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldRejectATokenWithoutAKeyId() {
        assertRefused(
                keys.sign(NOBODY, AS_IT_IS, null, keys.older().getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256));
    }

    @Test
    void shouldRejectATokenWithoutASignature() {
        assertRefused(keys.sign(NOBODY, AS_IT_IS, "newest", null, AlgorithmIdentifiers.NONE));
    }

    @Test
    void shouldRejectATokenThatUsesThePublicKeyAsAnHmacSecret() {
        HmacKey secret = new HmacKey(keys.older().getPublicKey().getEncoded());
        assertRefused(keys.sign(NOBODY, AS_IT_IS, "older", secret, AlgorithmIdentifiers.HMAC_SHA256));
    }

    @Test
    void shouldRejectATokenThatWasChanged() {
        String[] parts = keys.token(NOBODY, AS_IT_IS).split("\\.", 3);
        String[] other = keys.token(UUID.randomUUID(), AS_IT_IS).split("\\.", 3);
        assertRefused(other[0] + "." + other[1] + "." + parts[2]);
    }

    @Test
    void shouldRejectATruncatedToken() {
        String token = keys.token(NOBODY, AS_IT_IS);
        for (int length : new int[] {token.length() - 1, token.lastIndexOf('.') + 1, token.length() / 2, 10}) {
            assertRefused(token.substring(0, length));
        }
    }

    @Test
    void shouldRejectAnEnormousToken() {
        assertRefused("e".repeat(7_000) + "." + "y".repeat(500) + ".x");
        given().auth().oauth2("e".repeat(100_000)).get("/api/users/me").then().statusCode(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "eyJ.eyJ.x", "a.b.c.d.e", "%00"})
    void shouldRejectAMalformedToken(String token) {
        assertRefused(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRhOmFkYQ==", "Bearer", "Digest x"})
    void shouldRequireABearerTokenInPlaceOfAnotherScheme(String authorization) {
        Response answer = given().header("Authorization", authorization).get("/api/users/me");
        assertProblem(answer, 401, "unauthenticated");
    }

    private static NumericDate in(long seconds) {
        return NumericDate.fromSeconds(NumericDate.now().getValue() + seconds);
    }

    private static Consumer<JwtClaims> expiredSince(long seconds) {
        return claims -> {
            long now = NumericDate.now().getValue();
            claims.setIssuedAt(NumericDate.fromSeconds(now - 900));
            claims.setExpirationTime(NumericDate.fromSeconds(now - seconds));
        };
    }

    private static Object[] wrong(String what, Consumer<JwtClaims> change) {
        return new Object[] {what, change};
    }

    /** A token that was just accepted and expires in this many seconds, or in more if that was too soon for this machine. */
    private String acceptedFor(int seconds) {
        assertTrue(seconds < 60, "no token was accepted");
        String token = keys.token(NOBODY, expiredSince(60 - seconds));
        return get(token).statusCode() == 404 ? token : acceptedFor(2 * seconds);
    }

    private static void assertAccepted(String token) {
        assertProblem(get(token), 404, "user_not_found");
    }

    private static void assertRefused(String token) {
        assertProblem(get(token), 401, "invalid_token").header("WWW-Authenticate", containsString("Bearer"));
    }

    private static Response get(String token) {
        return given().auth().oauth2(token).get("/api/users/" + NOBODY);
    }
}
