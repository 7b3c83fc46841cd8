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
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Signs access tokens the way user-service does and serves the public key, so that a service can be tested alone. */
public final class TokenIssuer implements AutoCloseable {

    public static final String ISSUER = "heliograph";
    public static final String AUDIENCE = "heliograph";

    /** RSA keys take long to make, so all issuers of a JVM take turns with these; no two in a row are equal. */
    private static final List<RsaJsonWebKey> PAIRS =
            Stream.generate(TokenIssuer::generate).limit(3).toList();

    private static final AtomicInteger MADE = new AtomicInteger();

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RsaJsonWebKey key;
    private volatile boolean available = true;

    private TokenIssuer(HttpServer server) {
        this.server = server;
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

    public static TokenIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TokenIssuer issuer = new TokenIssuer(server);
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
        key = otherKey();
    }

    /** A token of role {@code user}, good for ten minutes. */
    public String token(UUID user, String username) {
        return token(user, username, claims -> {});
    }

    /** The same, with claims that {@code change} has changed. */
    public String token(UUID user, String username, Consumer<JwtClaims> change) {
        return sign(claims(user, username, change), key, AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** A token that names the published key but is signed by another one. */
    public String forged(UUID user, String username) {
        RsaJsonWebKey other = otherKey();
        other.setKeyId(key.getKeyId());
        return sign(claims(user, username, claims -> {}), other, AlgorithmIdentifiers.RSA_USING_SHA256);
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

    private static String sign(JwtClaims claims, RsaJsonWebKey key, String algorithm) {
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

    private static RsaJsonWebKey newKey() {
        RsaJsonWebKey pair = PAIRS.get(MADE.getAndIncrement() % PAIRS.size());
        RsaJsonWebKey key = new RsaJsonWebKey(pair.getRsaPublicKey());
        key.setPrivateKey(pair.getRsaPrivateKey());
        key.setKeyId(UUID.randomUUID().toString());
        key.setUse("sig");
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        return key;
    }

    private RsaJsonWebKey otherKey() {
        RsaJsonWebKey other = newKey();
        while (other.getRsaPublicKey().equals(key.getRsaPublicKey())) {
            other = newKey();
        }
        return other;
    }

    private static RsaJsonWebKey generate() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
