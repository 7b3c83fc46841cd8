package io.heliograph.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.auth.TokenException.Reason;
import io.heliograph.auth.revocation.RevocationSet;
import io.heliograph.auth.revocation.RevocationSets;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.testsupport.TokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TokenVerifierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final UUID ADA = UUID.randomUUID();

    private final Vertx vertx = Vertx.vertx();
    private static final RsaJsonWebKey FOREIGN_KEY = foreignKey();
    private TokenIssuer issuer;
    private TokenVerifier verifier;

    @BeforeEach
    void start() {
        issuer = TokenIssuer.start();
        verifier = verifier(issuer.jwksUrl(), Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        issuer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldReturnTheCallerOfAToken() {
        Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 300);
        String token = issuer.token(ADA, "ada", claims -> {
            claims.setStringListClaim("groups", "user", "admin");
            claims.setStringClaim("sid", "session-1");
            claims.setExpirationTime(NumericDate.fromSeconds(expiry.getEpochSecond()));
        });

        Caller caller = join(verify(verifier, token));

        assertEquals(
                new Caller(
                        ADA,
                        "ada",
                        caller.displayName(),
                        caller.profileVersion(),
                        Set.of("user", "admin"),
                        "session-1",
                        caller.authenticatedAt(),
                        expiry,
                        null,
                        false),
                caller);
    }

    @Test
    void shouldReadTheBearerSchemeInAnyCase() {
        String token = issuer.token(ADA, "ada");

        assertEquals(ADA, join(verifier.verifyAuthorization("bearer " + token)).id());
        assertEquals(ADA, join(verifier.verifyAuthorization("Bearer  " + token)).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWRhOnB3", "Bearer", "bearertoken"})
    void shouldRequireAToken(String header) {
        assertRefused(Reason.UNAUTHENTICATED, verifier.verifyAuthorization(header));
        assertRefused(Reason.UNAUTHENTICATED, verifier.verifyAuthorization(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJFUzI1NiJ9.e30.", "\u0000", "é.é.é"})
    void shouldRejectAMalformedToken(String token) {
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, token));
    }

    @Test
    void shouldAcceptATokenWithoutAScheme() {
        String token = issuer.token(ADA, "ada");

        assertEquals(ADA, join(verifier.verifyToken(token)).id());
        assertEquals(ADA, join(verify(verifier, token)).id());
        assertRefused(Reason.INVALID_TOKEN, verifier.verifyToken("Bearer " + token));
    }

    @Test
    void shouldRejectAVerifiedTokenAfterItsRevocation() {
        TokenConfig config = Settings.of(Map.of("heliograph.tokens.jwks-url", issuer.jwksUrl()));
        RevocationSet revocations = RevocationSets.empty();
        TrustedIssuers issuers =
                new TrustedIssuers(vertx, config, Optional.<LocalIssuer>empty(), new NoKeyFetchListener());
        TokenVerifier strict = new TokenVerifier(vertx, issuers, Optional.of(revocations), config);
        String token = issuer.token(ADA, "ada");
        join(verify(strict, token));

        RevocationSets.revoke(revocations, ADA);

        assertRefused(Reason.TOKEN_REVOKED, verify(strict, token));
        assertRefused(Reason.TOKEN_REVOKED, strict.verifyToken(token));
    }

    @Test
    void shouldVerifyWithTheKeysOfALocalIssuer() {
        RsaJsonWebKey key = FOREIGN_KEY;
        LocalIssuer local = kid -> kid.equals("at-hand") ? key.getPublicKey() : null;
        TokenConfig config = Settings.of(Map.of());
        TrustedIssuers issuers = new TrustedIssuers(vertx, config, Optional.of(local), new NoKeyFetchListener());
        TokenVerifier own = new TokenVerifier(vertx, issuers, Optional.<RevocationSet>empty(), config);

        assertEquals(ADA, join(own.verifyToken(signed(key, "at-hand"))).id());
        assertRefused(Reason.INVALID_TOKEN, own.verifyToken(signed(key, "unknown")));
        assertRefused(Reason.INVALID_TOKEN, own.verifyToken(signed(foreignKey(), "at-hand")));
    }

    @Test
    void shouldRejectAnEnormousToken() {
        String token = issuer.token(ADA, "ada", claims -> claims.setStringClaim("pad", "x".repeat(8000)));

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, token));
    }

    @Test
    void shouldRejectAForgedToken() {
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, issuer.forged(ADA, "ada")));
    }

    @Test
    void shouldRejectATokenWithChangedClaims() {
        String[] parts = issuer.token(ADA, "ada").split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replace("\"user\"", "\"admin\"");
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, String.join(".", parts)));
    }

    @Test
    void shouldRejectAnUnsignedToken() {
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, issuer.unsigned(ADA, "ada")));
    }

    @Test
    void shouldRejectATokenThatUsesThePublicKeyAsAnHmacSecret() throws Exception {
        String genuine = issuer.token(ADA, "ada");
        JsonWebSignature genuineSignature = (JsonWebSignature) JsonWebSignature.fromCompactSerialization(genuine);
        JsonWebSignature confused = new JsonWebSignature();
        confused.setPayload(
                new String(Base64.getUrlDecoder().decode(genuine.split("\\.", -1)[1]), StandardCharsets.UTF_8));
        confused.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        confused.setKeyIdHeaderValue(genuineSignature.getKeyIdHeaderValue());
        confused.setKey(new HmacKey(published().getBytes(StandardCharsets.UTF_8)));

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, confused.getCompactSerialization()));
    }

    @Test
    void shouldRejectAnotherAudience() {
        refuses(claims -> claims.setAudience("billing"));
        refuses(claims -> claims.unsetClaim("aud"));
    }

    @Test
    void shouldRejectAnotherIssuer() {
        refuses(claims -> claims.setIssuer("someone-else"));
        refuses(claims -> claims.unsetClaim("iss"));
    }

    @Test
    void shouldRejectAnExpiredToken() {
        refuses(claims -> claims.setExpirationTimeMinutesInTheFuture(-2));
        refuses(claims -> claims.unsetClaim("exp"));
    }

    @Test
    void shouldRejectATokenThatIsNotYetValid() {
        refuses(claims -> claims.setNotBeforeMinutesInThePast(-5));
        refuses(claims -> claims.setNotBefore(NumericDate.fromSeconds(nowSeconds() + 40)));
        refuses(claims -> claims.setIssuedAt(NumericDate.fromSeconds(nowSeconds() + 40)));
    }

    @Test
    void shouldRejectASubjectThatIsNotAUserId() {
        refuses(claims -> claims.setSubject("root"));
        refuses(claims -> claims.unsetClaim("sub"));
    }

    @Test
    void shouldTolerateASmallClockSkew() {
        String token = issuer.token(ADA, "ada", claims -> {
            claims.setIssuedAt(NumericDate.fromSeconds(nowSeconds() - 600));
            claims.setExpirationTime(NumericDate.fromSeconds(nowSeconds() - 20));
        });

        assertEquals(ADA, join(verify(verifier, token)).id());
        String ahead = issuer.token(ADA, "ada", claims -> {
            claims.setIssuedAt(NumericDate.fromSeconds(nowSeconds() + 20));
            claims.setNotBefore(NumericDate.fromSeconds(nowSeconds() + 20));
        });
        assertEquals(ADA, join(verify(verifier, ahead)).id());
    }

    @Test
    void shouldRejectAVerifiedTokenAfterItHasExpired() {
        TokenVerifier strict = verifier(issuer.jwksUrl(), Duration.ZERO);
        String token = await().atMost(PATIENCE).until(() -> verifiedWithinASecond(strict), Objects::nonNull);

        await().atMost(PATIENCE).untilAsserted(() -> assertRefused(Reason.INVALID_TOKEN, verify(strict, token)));
    }

    @Test
    void shouldAcceptANewKeyWithoutARestart() {
        assertEquals(ADA, join(verify(verifier, issuer.token(ADA, "ada"))).id());

        issuer.rotate();

        assertEquals(ADA, join(verify(verifier, issuer.token(ADA, "ada"))).id());
    }

    @Test
    void shouldRejectAVerifiedTokenAfterItsKeyWasWithdrawn() {
        String old = issuer.token(ADA, "ada");
        join(verify(verifier, old));

        issuer.rotate();
        join(verify(verifier, issuer.token(ADA, "ada")));

        assertRefused(Reason.INVALID_TOKEN, verify(verifier, old));
    }

    @Test
    void shouldKeepVerifyingWhileTheIssuerIsDown() {
        join(verify(verifier, issuer.token(ADA, "ada")));

        issuer.close();

        assertEquals(ADA, join(verify(verifier, issuer.token(ADA, "ada"))).id());
    }

    @Test
    void shouldReportUnavailableKeysWhenTheIssuerWasNeverReachable() {
        TokenVerifier lonely = verifier("http://localhost:" + FreePorts.next() + "/keys", Duration.ZERO);

        assertRefused(Reason.KEYS_UNAVAILABLE, verify(lonely, issuer.token(ADA, "ada")));
    }

    @Test
    void shouldRecoverWhenTheIssuerComesUp() throws Exception {
        int port = FreePorts.next();
        TokenVerifier early = verifier("http://localhost:" + port + "/keys", Duration.ZERO);
        String token = issuer.token(ADA, "ada");
        assertRefused(Reason.KEYS_UNAVAILABLE, verify(early, token));

        String published = published();
        join(vertx.createHttpServer()
                .requestHandler(request -> request.response().end(published))
                .listen(port, "localhost"));

        assertEquals(ADA, join(verify(early, token)).id());
    }

    @Test
    void shouldTimeOutOnAnUnresponsiveIssuer() {
        int port = FreePorts.next();
        join(vertx.createNetServer().connectHandler(socket -> {}).listen(port, "localhost"));
        TokenConfig config = Settings.of(Map.of(
                "heliograph.tokens.jwks-url",
                "http://localhost:" + port + "/keys",
                "heliograph.tokens.fetch-timeout",
                "300MS"));

        assertRefused(Reason.KEYS_UNAVAILABLE, verify(verifier(config), issuer.token(ADA, "ada")));
    }

    @Test
    void shouldReportUnavailableKeysWhenTheIssuerSendsNonsense() {
        int port = FreePorts.next();
        join(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("x".repeat(400_000)))
                .listen(port, "localhost"));

        assertRefused(
                Reason.KEYS_UNAVAILABLE,
                verify(verifier("http://localhost:" + port + "/keys", Duration.ZERO), issuer.token(ADA, "ada")));
    }

    @Test
    void shouldNotLetUnknownKeysFloodTheIssuer() throws Exception {
        join(verify(verifier, issuer.token(ADA, "ada")));
        int before = issuer.fetches();

        long start = System.nanoTime();
        var answers = IntStream.range(0, 300)
                .mapToObj(i -> verify(verifier, strangersToken()))
                .toList();
        answers.forEach(answer -> assertRefused(Reason.INVALID_TOKEN, answer));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        long allowed = 2 + taken.dividedBy(Settings.MINIMUM_FETCH_INTERVAL);
        assertTrue(issuer.fetches() - before <= allowed, issuer.fetches() - before + " fetches in " + taken);
    }

    /** A token that was good and expires within a second; null if it had expired before it was verified. */
    private String verifiedWithinASecond(TokenVerifier verifier) {
        long expiry = nowSeconds() + 1;
        String token = issuer.token(ADA, "ada", claims -> claims.setExpirationTime(NumericDate.fromSeconds(expiry)));
        return verify(verifier, token)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((caller, refused) -> refused == null ? token : null)
                .join();
    }

    private void refuses(Consumer<JwtClaims> change) {
        assertRefused(Reason.INVALID_TOKEN, verify(verifier, issuer.token(ADA, "ada", change)));
    }

    private static void assertRefused(Reason reason, Future<Caller> answer) {
        try {
            throw new AssertionError("accepted: " + join(answer));
        } catch (CompletionException e) {
            assertEquals(reason, ((TokenException) e.getCause()).reason());
        }
    }

    private String strangersToken() {
        return signed("{}", FOREIGN_KEY, UUID.randomUUID().toString());
    }

    private static String signed(RsaJsonWebKey key, String kid) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(TokenIssuer.ISSUER);
        claims.setAudience(TokenIssuer.AUDIENCE);
        claims.setSubject(ADA.toString());
        claims.setExpirationTimeMinutesInTheFuture(5);
        return signed(claims.toJson(), key, kid);
    }

    private static String signed(String payload, RsaJsonWebKey key, String kid) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(payload);
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setKeyIdHeaderValue(kid);
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey foreignKey() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String published() throws Exception {
        var connection =
                (HttpURLConnection) URI.create(issuer.jwksUrl()).toURL().openConnection();
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TokenVerifier verifier(String jwksUrl, Duration clockSkew) {
        TokenConfig config = Settings.of(
                Map.of("heliograph.tokens.jwks-url", jwksUrl, "heliograph.tokens.clock-skew", clockSkew.toString()));
        return verifier(config);
    }

    private TokenVerifier verifier(TokenConfig config) {
        TrustedIssuers issuers =
                new TrustedIssuers(vertx, config, Optional.<LocalIssuer>empty(), new NoKeyFetchListener());
        return new TokenVerifier(vertx, issuers, Optional.<RevocationSet>empty(), config);
    }

    private static long nowSeconds() {
        return Instant.now().getEpochSecond();
    }

    private static Future<Caller> verify(TokenVerifier verifier, String token) {
        return verifier.verifyAuthorization("Bearer " + token);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
