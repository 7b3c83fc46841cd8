package io.heliograph.auth;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.vertx.core.Future;
import java.security.Key;
import java.time.Duration;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.UnresolvableKeyException;

/** Verifies the tokens of one issuer, by its keys and its rules. */
final class TrustedIssuer {

    private final Issuer issuer;
    private final IssuerKeys keys;
    private final JwtConsumer consumer;

    TrustedIssuer(Issuer issuer, IssuerKeys keys, Duration clockSkew) {
        this.issuer = issuer;
        this.keys = keys;
        this.consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, issuer.algorithms().toArray(String[]::new)))
                .setVerificationKeyResolver((jws, nesting) -> key(jws))
                .setExpectedIssuer(issuer.id())
                .setExpectedAudience(issuer.audience().toArray(String[]::new))
                .setRequireExpirationTime()
                .setRequireSubject()
                // At most the skew in the future; any age is accepted until they expire.
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                .setAllowedClockSkewInSeconds((int) clockSkew.toSeconds())
                .build();
    }

    /** The id of the key that a token says it was signed by; null if no look at the keys is needed to refuse it. */
    String keyId(JsonWebSignature signature) {
        return issuer.algorithms().contains(signature.getAlgorithmHeaderValue())
                ? signature.getKeyIdHeaderValue()
                : null;
    }

    Future<VerificationKey> find(String kid) {
        return keys.find(kid);
    }

    boolean knows(String kid) {
        return keys.known(kid) != null;
    }

    /** The caller of a token whose key is at hand. Throws if the token is not valid. */
    Caller verify(JwtContext token) throws InvalidJwtException, MalformedClaimException {
        consumer.processContext(token);
        return issuer.claims().caller(token.getJwtClaims());
    }

    private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
        VerificationKey key = keys.known(signature.getKeyIdHeaderValue());
        if (key == null || !key.isFor(signature.getAlgorithmHeaderValue())) {
            throw new UnresolvableKeyException("no key");
        }
        return key.key();
    }
}
