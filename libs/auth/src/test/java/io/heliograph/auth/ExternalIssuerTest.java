package io.heliograph.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.auth.TokenException.Reason;
import io.heliograph.auth.revocation.RevocationSet;
import io.heliograph.testsupport.OpenIdProvider;
import io.heliograph.testsupport.TokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an external issuer, beside our own or instead of them. */
class ExternalIssuerTest {

    private static final UUID ADA = UUID.randomUUID();
    private static final String OTHER = "heliograph.tokens.issuers.other.";

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>();
    private TokenIssuer own;
    private OpenIdProvider other;

    @BeforeEach
    void start() {
        own = TokenIssuer.start();
        other = OpenIdProvider.start();
        settings.put("heliograph.tokens.jwks-url", own.jwksUrl());
        settings.put(OTHER + "issuer", other.issuer());
        settings.put(OTHER + "audience", "billing," + OpenIdProvider.AUDIENCE);
    }

    @AfterEach
    void stop() {
        own.close();
        other.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"RS256, true", "ES256, true", "RS256, false", "ES256, false"})
    void shouldAcceptTokensOfBothIssuers(String algorithm, boolean discovered) {
        if (!discovered) {
            settings.put(OTHER + "jwks-url", other.keysUrl());
        }
        TokenVerifier verifier = verifier();

        Caller theirs = join(verify(verifier, other.token(algorithm, claims -> {
            claims.setStringClaim("preferred_username", "ada");
            claims.setStringListClaim("groups", "user", "staff");
            claims.setStringClaim("sid", "session-1");
        })));

        assertEquals("", theirs.username());
        assertEquals("ada", theirs.external().username());
        assertEquals(Set.of("user"), theirs.roles());
        assertEquals("session-1", theirs.session());
        assertEquals(ADA, join(verify(verifier, own.token(ADA, "ada"))).id());
    }

    @Test
    void shouldAcceptTokensOfTheExternalIssuerOnly() {
        settings.put("heliograph.tokens.jwks-url", "");
        TokenVerifier verifier = verifier();

        assertEquals(
                Set.of(),
                join(verify(verifier, other.token("RS256", claims -> {}))).roles());
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, own.token(ADA, "ada")));
    }

    @Test
    void shouldNeverMapASubjectToALocalAccount() {
        TokenVerifier verifier = verifier();

        UUID first = join(verify(verifier, other.token("RS256", claims -> claims.setSubject(ADA.toString()))))
                .id();
        UUID again = join(verify(verifier, other.token("ES256", claims -> claims.setSubject(ADA.toString()))))
                .id();
        UUID grace = join(verify(verifier, other.token("RS256", claims -> claims.setSubject("grace"))))
                .id();

        assertNotEquals(ADA, first);
        assertEquals(8, first.version());
        assertEquals(first, again);
        assertNotEquals(first, grace);
    }

    @Test
    void shouldReadTheClaimsThatAreConfigured() {
        settings.put(OTHER + "user-claim", "oid");
        settings.put(OTHER + "username-claim", "email");
        settings.put(OTHER + "roles-claim", "realm_access/roles");
        settings.put(OTHER + "roles", "user,admin");
        TokenVerifier verifier = verifier();
        Consumer<JwtClaims> ada = claims -> {
            claims.setStringClaim("oid", "4711");
            claims.setStringClaim("email", "ada@example.org");
            claims.setClaim("realm_access", Map.of("roles", List.of("admin", "superuser")));
        };

        Caller caller = join(verify(verifier, other.token("RS256", ada)));
        Caller renamed =
                join(verify(verifier, other.token("RS256", ada.andThen(claims -> claims.setSubject("someone-else")))));

        assertEquals("ada@example.org", caller.external().username());
        assertEquals("4711", caller.external().subject());
        assertEquals(Set.of("admin"), caller.roles());
        assertEquals(caller.id(), renamed.id());
    }

    @Test
    void shouldReadRolesSeparatedBySpaces() {
        settings.put(OTHER + "roles-claim", "scope");
        settings.put(OTHER + "roles", "user,admin");

        assertEquals(
                Set.of("user", "admin"),
                join(verify(
                                verifier(),
                                other.token("RS256", claims -> claims.setStringClaim("scope", "openid user admin"))))
                        .roles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "PS256", "none"})
    void shouldRejectAnAlgorithmThatIsNotConfigured(String algorithm) {
        assertRefused(Reason.INVALID_TOKEN, verify(verifier(), other.token(algorithm, claims -> {})));
    }

    @Test
    void shouldAcceptOnlyConfiguredAlgorithms() {
        settings.put(OTHER + "algorithms", "PS256");
        TokenVerifier verifier = verifier();

        join(verify(verifier, other.token("PS256", claims -> {})));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.token("RS256", claims -> {})));
    }

    @Test
    void shouldRejectATokenSignedWithASharedSecretEvenIfPublished() throws Exception {
        var secret = OpenIdProvider.named(
                new OctetSequenceJsonWebKey(new HmacKey("x".repeat(64).getBytes(StandardCharsets.UTF_8))));
        other.publish(secret);

        assertRefused(Reason.INVALID_TOKEN, verify(verifier(), other.sign("HS256", secret, claims -> {})));
    }

    @Test
    void shouldRejectAKeyForAnotherUse() throws Exception {
        var encryption = OpenIdProvider.named(RsaJwkGenerator.generateJwk(2048));
        encryption.setUse("enc");
        var strict = OpenIdProvider.named(RsaJwkGenerator.generateJwk(2048));
        strict.setAlgorithm("RS512");
        other.publish(encryption);
        other.publish(strict);
        TokenVerifier verifier = verifier();

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.sign("RS256", encryption, claims -> {})));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.sign("RS256", strict, claims -> {})));
    }

    @Test
    void shouldRejectTokensWithInvalidClaims() {
        TokenVerifier verifier = verifier();

        assertRefused(
                Reason.INVALID_TOKEN, verify(verifier, other.token("RS256", claims -> claims.setAudience("shop"))));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.token("RS256", claims -> claims.unsetClaim("aud"))));
        assertRefused(
                Reason.INVALID_TOKEN,
                verify(verifier, other.token("RS256", claims -> claims.setExpirationTimeMinutesInTheFuture(-2))));
        assertRefused(
                Reason.INVALID_TOKEN,
                verify(verifier, other.token("RS256", claims -> claims.setClaim("groups", List.of(1)))));
    }

    @Test
    void shouldRejectATokenOfOneIssuerInTheNameOfTheOther() {
        TokenVerifier verifier = verifier();
        Consumer<JwtClaims> ours = claims -> {
            claims.setIssuer(TokenIssuer.ISSUER);
            claims.setAudience(TokenIssuer.AUDIENCE);
            claims.setSubject(ADA.toString());
        };
        Consumer<JwtClaims> theirs = claims -> {
            claims.setIssuer(other.issuer());
            claims.setAudience(OpenIdProvider.AUDIENCE);
        };

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.token("ES256", ours)));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, other.token("RS256", ours)));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, own.token(ADA, "ada", theirs)));
    }

    @Test
    void shouldRejectTheMetadataOfAnotherIssuer() {
        other.describeAs("https://elsewhere.example");

        assertRefused(Reason.KEYS_UNAVAILABLE, verify(verifier(), other.token("RS256", claims -> {})));
    }

    @Test
    void shouldFollowARotationAndKeepKnownKeysWhileTheIssuerIsDown() {
        TokenVerifier verifier = verifier();
        String before = other.token("RS256", claims -> {});
        join(verify(verifier, before));

        other.leave();
        String sameKey = other.token("RS256", claims -> claims.setSubject("grace"));
        other.rotate();
        String newKey = other.token("RS256", claims -> {});

        // Known keys stay valid; a new one cannot be verified.
        join(verify(verifier, before));
        join(verify(verifier, sameKey));
        assertRefused(Reason.KEYS_UNAVAILABLE, verify(verifier, newKey));

        other.open();
        join(verify(verifier, newKey));
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, before));
    }

    @Test
    void shouldFetchKeysOnceForConcurrentRequests() {
        TokenVerifier verifier = verifier();

        List<Future<Caller>> waiting = IntStream.range(0, 50)
                .mapToObj(i -> verify(verifier, other.token("ES256", claims -> claims.setSubject("person" + i))))
                .toList();

        waiting.forEach(ExternalIssuerTest::join);
        assertEquals(1, other.fetches());
    }

    @Test
    void shouldReadKeysThatArriveBeforeTheCallerContinues() {
        String token = own.token(ADA, "ada");

        for (int i = 0; i < 100; i++) {
            assertEquals(ADA, join(verify(verifier(), token)).id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "issuers.other.algorithms, HS256, issuers.other.algorithms: \"HS256\"",
        "issuers.other.algorithms, none, issuers.other.algorithms: \"none\"",
        "issuers.other.algorithms, 'RS256,HS512', issuers.other.algorithms: \"HS512\"",
        "issuers.other.jwks-url, /keys, issuers.other.jwks-url: \"/keys\"",
        "issuers.other.discovery-url, ftp://host/x, issuers.other.discovery-url: \"ftp://host/x\"",
        "issuers.other.issuer, heliograph, issuers.other.discovery-url: \"heliograph/.well-known",
        "jwks-url, file:/keys, jwks-url: \"file:/keys\"",
        "clock-skew, 6M, clock-skew: must be from 0 to 5 minutes",
        "clock-skew, -1S, clock-skew: must be from 0 to 5 minutes"
    })
    void shouldNotStartWithInvalidSettings(String key, String value, String reason) {
        settings.put("heliograph.tokens." + key, value);

        var refused = assertThrows(IllegalArgumentException.class, this::verifier);

        assertTrue(refused.getMessage().startsWith("heliograph.tokens." + reason), refused.getMessage());
    }

    @Test
    void shouldNotStartWithoutAnyIssuerOrWithOneTwice() {
        settings.put("heliograph.tokens.issuer", other.issuer());
        assertTrue(assertThrows(IllegalArgumentException.class, this::verifier)
                .getMessage()
                .contains("two have the issuer"));

        settings.clear();
        assertTrue(assertThrows(IllegalArgumentException.class, this::verifier)
                .getMessage()
                .startsWith("heliograph.tokens.jwks-url: no issuer"));
    }

    private TokenVerifier verifier() {
        TokenConfig config = Settings.of(settings);
        TrustedIssuers issuers =
                new TrustedIssuers(vertx, config, Optional.<LocalIssuer>empty(), new NoKeyFetchListener());
        return new TokenVerifier(vertx, issuers, Optional.<RevocationSet>empty(), config);
    }

    private static void assertRefused(Reason reason, Future<Caller> answer) {
        try {
            throw new AssertionError("accepted: " + join(answer));
        } catch (CompletionException e) {
            assertEquals(reason, ((TokenException) e.getCause()).reason());
        }
    }

    private static Future<Caller> verify(TokenVerifier verifier, String token) {
        return verifier.verifyAuthorization("Bearer " + token);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
