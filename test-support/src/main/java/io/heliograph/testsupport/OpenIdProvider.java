package io.heliograph.testsupport;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer as OpenID Connect has it, which describes itself and can go away and come back. */
public final class OpenIdProvider implements AutoCloseable {

    public static final String AUDIENCE = "chat";

    /** To find its primes takes long on a busy machine: each provider begins with it, under an id of its own. */
    private static final RsaJsonWebKey FIRST_RSA = rsa();

    private final List<JsonWebKey> extra = new ArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer server;
    private int port;
    private String describedAs;
    private volatile PublicJsonWebKey rsa;
    private volatile PublicJsonWebKey ec;

    public static OpenIdProvider start() {
        OpenIdProvider provider = new OpenIdProvider();
        RsaJsonWebKey first = new RsaJsonWebKey(FIRST_RSA.getRsaPublicKey());
        first.setPrivateKey(FIRST_RSA.getPrivateKey());
        provider.signBy(first);
        provider.open();
        provider.describedAs = provider.issuer();
        return provider;
    }

    /** Its {@code iss}. */
    public String issuer() {
        return "http://localhost:" + port + "/realms/chat";
    }

    public String keysUrl() {
        return "http://localhost:" + port + "/keys";
    }

    /** How often its keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    /** From now on it signs by new keys, and publishes only those. */
    public void rotate() {
        signBy(rsa());
    }

    private void signBy(RsaJsonWebKey newRsa) {
        try {
            rsa = named(newRsa);
            ec = named(EcJwkGenerator.generateJwk(EllipticCurves.P256));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Published beside the keys it signs with. */
    public void publish(JsonWebKey key) {
        extra.add(key);
    }

    public void describeAs(String issuer) {
        describedAs = issuer;
    }

    /** Responds to no request until it {@link #open opens} again. */
    public void leave() {
        server.stop(0);
    }

    public void open() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getAddress().getPort();
        serve(
                "/realms/chat/.well-known/openid-configuration",
                () -> Json.write(Map.of("issuer", describedAs, "jwks_uri", keysUrl())));
        serve("/keys", this::keys);
        server.start();
    }

    /** A token for half an hour, of a person that it knows by {@code sub} alone. */
    public String token(String algorithm, Consumer<JwtClaims> change) {
        return sign(algorithm, algorithm.startsWith("ES") ? ec : rsa, change);
    }

    public String sign(String algorithm, JsonWebKey key, Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer());
        claims.setAudience(AUDIENCE);
        claims.setSubject("ada@chat");
        claims.setExpirationTimeMinutesInTheFuture(30);
        change.accept(claims);
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setKeyIdHeaderValue(key.getKeyId());
            if (!"none".equals(algorithm)) {
                signature.setKey(key instanceof PublicJsonWebKey pair ? pair.getPrivateKey() : key.getKey());
            }
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    public static <K extends JsonWebKey> K named(K key) {
        key.setKeyId(UUID.randomUUID().toString());
        return key;
    }

    private static RsaJsonWebKey rsa() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keys() {
        fetches.incrementAndGet();
        List<JsonWebKey> all = new ArrayList<>(extra);
        all.add(rsa);
        all.add(ec);
        return new JsonWebKeySet(all).toJson(OutputControlLevel.INCLUDE_SYMMETRIC);
    }

    private void serve(String path, Supplier<String> answer) {
        server.createContext(path, exchange -> {
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }
}
