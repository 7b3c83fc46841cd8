package io.heliograph.user.token;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;

/** A P-256 pair that signs, its name, and when it was made: {@link Instant#MIN} for one that was always there. */
record SigningKey(EllipticCurveJsonWebKey pair, Instant madeAt) {

    /** When a key was made, in seconds; RFC 7517 has no member for that, so this takes the name of the claim. */
    static final String MADE_AT = "iat";

    /** Throws {@link IllegalArgumentException} for a key that cannot sign, or would sign what nobody can check. */
    static SigningKey of(JsonWebKey key) {
        if (!(key instanceof EllipticCurveJsonWebKey pair)
                || !"P-256".equals(pair.getCurveName())
                || pair.getPrivateKey() == null
                || pair.getKeyId() == null) {
            throw new IllegalArgumentException("is not a private JWK Set of P-256 keys with a kid each");
        }
        if (!isPair(pair)) {
            throw new IllegalArgumentException("has a key whose two halves do not belong together: " + pair.getKeyId());
        }
        return new SigningKey(pair, madeAt(pair));
    }

    String id() {
        return pair.getKeyId();
    }

    PublicKey publicHalf() {
        return pair.getECPublicKey();
    }

    /** What is published: a key of its own, so that nothing else the file says of it gets out. */
    JsonWebKey published() {
        EllipticCurveJsonWebKey published = new EllipticCurveJsonWebKey(pair.getECPublicKey());
        published.setKeyId(id());
        published.setUse("sig");
        published.setAlgorithm(AccessTokens.ALGORITHM);
        return published;
    }

    private static Instant madeAt(EllipticCurveJsonWebKey pair) {
        Object seconds = pair.getOtherParameterValue(MADE_AT, Object.class);
        if (seconds == null) {
            return Instant.MIN;
        } else if (seconds instanceof Long whole) {
            return Instant.ofEpochSecond(whole);
        }
        throw new IllegalArgumentException("has a key whose iat is no number of seconds: " + pair.getKeyId());
    }

    private static boolean isPair(EllipticCurveJsonWebKey pair) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getEcPrivateKey());
            byte[] signed = signature.sign();
            signature.initVerify(pair.getECPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException notOnTheCurve) {
            return false;
        }
    }
}
