package io.heliograph.user.token;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * A key pair that signs access tokens: RSA of 2,048 to 4,096 bits for RS256, or P-256 for ES256.
 *
 * @param algorithm the only algorithm of the key
 * @param madeAt {@link Instant#MIN} for a key without a creation time in the file
 */
record SigningKey(PublicJsonWebKey pair, String algorithm, Instant madeAt) {

    /** The creation time of a key, in seconds. RFC 7517 has no such member, so the name of the claim is used. */
    static final String MADE_AT = "iat";

    /** RFC 7518, 3.3 forbids shorter keys; keys longer than the maximum cost milliseconds per signature. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_RSA_BITS = 4096;

    /**
     * Throws {@link IllegalArgumentException} for a key that cannot sign, or whose signatures verifiers would not
     * accept.
     */
    static SigningKey of(JsonWebKey key) {
        String algorithm = algorithm(key);
        if (algorithm == null
                || !(key instanceof PublicJsonWebKey pair)
                || pair.getPrivateKey() == null
                || pair.getKeyId() == null) {
            throw new IllegalArgumentException(
                    "is not a private JWK Set of RSA keys (2048 to 4096 bits) or P-256 keys with a kid each");
        }
        if (pair.getAlgorithm() != null && !pair.getAlgorithm().equals(algorithm)) {
            throw new IllegalArgumentException(
                    "has a key whose alg is not " + algorithm + ", which its type signs with: " + pair.getKeyId());
        }
        if (!isPair(pair, algorithm)) {
            throw new IllegalArgumentException("has a key whose two halves do not belong together: " + pair.getKeyId());
        }
        return new SigningKey(pair, algorithm, madeAt(pair));
    }

    String id() {
        return pair.getKeyId();
    }

    PublicKey publicHalf() {
        return pair.getPublicKey();
    }

    /** The public key without any other members of the file. */
    JsonWebKey published() {
        try {
            JsonWebKey published = JsonWebKey.Factory.newJwk(publicHalf());
            published.setKeyId(id());
            published.setUse("sig");
            published.setAlgorithm(algorithm);
            return published;
        } catch (JoseException e) {
            throw new IllegalStateException("a key that was read cannot be written", e);
        }
    }

    /** The algorithm for the type of the key; null for a key that cannot sign tokens. */
    private static String algorithm(JsonWebKey key) {
        if (key instanceof RsaJsonWebKey rsa && hasGoodLength(rsa.getRsaPublicKey())) {
            return AlgorithmIdentifiers.RSA_USING_SHA256;
        } else if (key instanceof EllipticCurveJsonWebKey curve && "P-256".equals(curve.getCurveName())) {
            return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        }
        return null;
    }

    private static boolean hasGoodLength(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
    }

    private static Instant madeAt(PublicJsonWebKey pair) {
        Object seconds = pair.getOtherParameterValue(MADE_AT, Object.class);
        if (seconds == null) {
            return Instant.MIN;
        } else if (seconds instanceof Long whole) {
            return Instant.ofEpochSecond(whole);
        }
        throw new IllegalArgumentException("has a key whose iat is no number of seconds: " + pair.getKeyId());
    }

    private static boolean isPair(PublicJsonWebKey pair, String algorithm) {
        try {
            Signature signature = Signature.getInstance(
                    algorithm.equals(AlgorithmIdentifiers.RSA_USING_SHA256) ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(pair.getPrivateKey());
            byte[] signed = signature.sign();
            signature.initVerify(pair.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException notAPair) {
            return false;
        }
    }
}
