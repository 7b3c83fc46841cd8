package io.heliograph.testsupport;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * Signs access tokens the way user-service does and serves the public key, so that a service can be tested alone. Tests
 * sign with ES256: RS256, the default of user-service, takes more than ten times as long where only C1 compiles.
 */
public final class TokenIssuer implements AutoCloseable {

    public static final String ISSUER = "heliograph";
    public static final String AUDIENCE = "heliograph";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private final String algorithm;
    private volatile PublicJsonWebKey key;
    private volatile boolean available = true;

    private TokenIssuer(HttpServer server, String algorithm) {
        this.server = server;
        this.algorithm = algorithm;
        this.key = newKey();
        server.createContext("/.well-known/jwks.json", exchange -> {
            fetches.incrementAndGet();
            if (!available) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            byte[] body = new JsonWebKeySet(key)
                    .toJson(OutputControlLevel.PUBLIC_ONLY)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** Signs with ES256. */
    public static TokenIssuer start() {
        return start(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    }

    /** Signs with RS256, as user-service does by default, for measurements. */
    public static TokenIssuer startWithRsa() {
        return start(AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    private static TokenIssuer start(String algorithm) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TokenIssuer issuer = new TokenIssuer(server, algorithm);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String jwksUrl() {
        return "http://localhost:" + server.getAddress().getPort() + "/.well-known/jwks.json";
    }

    /** The key with its private half, as a JWK Set: with it user-service signs the same tokens. */
    public String privateKeys() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    /** How often the public keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    /** Whether the public keys are served, or 503 in their place. */
    public void setAvailable(boolean available) {
        this.available = available;
    }

    /** From now on tokens are signed by a new key, and only that one is published. */
    public void rotate() {
        key = newKey();
    }

    /** A token of role {@code user}, good for ten minutes. */
    public String token(UUID user, String username) {
        return token(user, username, claims -> {});
    }

    /** The same, with claims that {@code change} has changed. */
    public String token(UUID user, String username, Consumer<JwtClaims> change) {
        return sign(claims(user, username, change), key, algorithm);
    }

    /** A token that names the published key but is signed by another one. */
    public String forged(UUID user, String username) {
        PublicJsonWebKey other = newKey();
        other.setKeyId(key.getKeyId());
        return sign(claims(user, username, claims -> {}), other, algorithm);
    }

    /** A token with {@code alg: none}. */
    public String unsigned(UUID user, String username) {
        return sign(claims(user, username, claims -> {}), null, AlgorithmIdentifiers.NONE);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static JwtClaims claims(UUID user, String username, Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(user.toString());
        claims.setStringClaim("upn", username);
        claims.setStringListClaim("groups", List.of("user"));
        claims.setStringClaim("sid", UUID.randomUUID().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        change.accept(claims);
        return claims;
    }

    private static String sign(JwtClaims claims, PublicJsonWebKey key, String algorithm) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setHeader("typ", "JWT");
            if (key == null) {
                signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
            } else {
                signature.setKeyIdHeaderValue(key.getKeyId());
                signature.setKey(key.getPrivateKey());
            }
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private PublicJsonWebKey newKey() {
        try {
            PublicJsonWebKey key = OpenIdProvider.named(
                    algorithm.equals(AlgorithmIdentifiers.RSA_USING_SHA256)
                            ? RsaJwkGenerator.generateJwk(2048)
                            : EcJwkGenerator.generateJwk(EllipticCurves.P256));
            key.setUse("sig");
            key.setAlgorithm(algorithm);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
