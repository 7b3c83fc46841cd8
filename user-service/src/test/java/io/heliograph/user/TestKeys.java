package io.heliograph.user;

import java.security.Key;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The two keys the service was given, one of each algorithm, and tokens made with them: good ones and such as an attacker
 * would try. The newest, which signs, is the elliptic one: where code is compiled by C1 alone, as in tests, a signature
 * with RSA takes ten times as long.
 */
public record TestKeys(PublicJsonWebKey newest, PublicJsonWebKey older) {

    static TestKeys generate() {
        return new TestKeys(newEcKey("newest"), newKey("older"));
    }

    /** Signs with RS256. */
    public static PublicJsonWebKey newKey(String id) {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with ES256. */
    public static PublicJsonWebKey newEcKey(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String algorithm(PublicJsonWebKey key) {
        return key instanceof RsaJsonWebKey
                ? AlgorithmIdentifiers.RSA_USING_SHA256
                : AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    }

    String privateSet() {
        return privateSet(newest, older);
    }

    /** What a file with these keys holds. */
    public static String privateSet(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    /** A token the service itself might have signed, but for what {@code change} does to its claims. */
    public String token(UUID user, Consumer<JwtClaims> change) {
        return token(user, change, newest);
    }

    /** The same, signed by this key and named by its id. */
    public String token(UUID user, Consumer<JwtClaims> change, PublicJsonWebKey key) {
        return sign(user, change, key.getKeyId(), key.getPrivateKey(), algorithm(key));
    }

    /** Signed in any way at all. */
    public String sign(UUID user, Consumer<JwtClaims> change, String keyId, Key key, String algorithm) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("heliograph");
        claims.setAudience("heliograph");
        claims.setSubject(user.toString());
        claims.setStringClaim("upn", "someone");
        claims.setStringListClaim("groups", List.of("user"));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        change.accept(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setDoKeyValidation(false);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
