package io.heliograph.e2e.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Access tokens that user-service would never issue, made with the stack's own key where that makes them harder. */
public final class Tokens {

    private final RsaJsonWebKey key;

    private Tokens(RsaJsonWebKey key) {
        this.key = key;
    }

    public static Tokens of(Path signingKeys) {
        try {
            return new Tokens((RsaJsonWebKey) new JsonWebKeySet(Files.readString(signingKeys))
                    .getJsonWebKeys()
                    .get(0));
        } catch (IOException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed by the right key, with the claims of a valid token that {@code change} has changed. */
    public String with(Consumer<JwtClaims> change) {
        JwtClaims claims = claims();
        change.accept(claims);
        return sign(claims, key, AlgorithmIdentifiers.RSA_USING_SHA256);
    }

    /** Good but for its signature, which another key made in the name of the right one. */
    public String forged() {
        try {
            RsaJsonWebKey other = RsaJwkGenerator.generateJwk(2048);
            other.setKeyId(key.getKeyId());
            return sign(claims(), other, AlgorithmIdentifiers.RSA_USING_SHA256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good but for having no signature at all: {@code alg: none}. */
    public String unsigned() {
        return sign(claims(), null, AlgorithmIdentifiers.NONE);
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("heliograph");
        claims.setAudience("heliograph");
        claims.setSubject(UUID.randomUUID().toString());
        claims.setStringClaim("upn", "mallory");
        claims.setStringListClaim("groups", List.of("user", "admin"));
        claims.setStringClaim("sid", UUID.randomUUID().toString());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        return claims;
    }

    private static String sign(JwtClaims claims, RsaJsonWebKey key, String algorithm) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setHeader("typ", "JWT");
        if (key == null) {
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        } else {
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setKey(key.getPrivateKey());
        }
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
