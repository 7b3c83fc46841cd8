package io.heliograph.user.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Checks a bearer token against the keys at hand, without a call to anyone. A token that was good is not checked again
 * until it expires or its key is withdrawn; refusals are not remembered. The algorithm is ours, whatever the token
 * says of it: one that names {@code none}, or takes a public key for an HMAC secret, is refused before any key is used.
 */
@Alternative
@Priority(1)
@Singleton
class TokenVerifier extends JWTCallerPrincipalFactory {

    private final SigningKeys keys;
    private final JwtConsumer tokens;
    private final Cache<String, Verified> verified;
    private final Duration leeway;

    /** The caller, the key that vouched for it, and the end of both. */
    private record Verified(JWTCallerPrincipal caller, String kid, Instant until) {}

    TokenVerifier(TokenConfig config, SigningKeys keys) {
        this.keys = keys;
        this.leeway = config.leeway();
        this.tokens = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AccessTokens.ALGORITHM))
                .setVerificationKeyResolver((token, outer) -> key(keys, token))
                .setExpectedIssuer(config.issuer())
                .setExpectedAudience(AccessTokens.AUDIENCE)
                .setRequireSubject()
                .setRequireExpirationTime()
                // Of the future no more than the leeway, and as old as they like while they last.
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
                .setAllowedClockSkewInSeconds(Math.toIntExact(config.leeway().toSeconds()))
                .build();
        this.verified = Caffeine.newBuilder()
                .maximumSize(config.cacheSize())
                // By then any of ours has expired.
                .expireAfterWrite(config.accessTokenLifetime().plus(leeway))
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String sent, JWTAuthContextInfo unused) throws ParseException {
        // After the scheme there may be several blanks (RFC 9110, 11.4).
        String token = sent.trim();
        Verified hit = verified.getIfPresent(token);
        if (hit != null && hit.until().isAfter(Instant.now()) && keys.publicKey(hit.kid()) != null) {
            return hit.caller();
        }
        try {
            Verified fresh = verify(token);
            verified.put(token, fresh);
            return fresh.caller();
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            throw new ParseException("the token is not valid", e);
        }
    }

    private Verified verify(String token) throws InvalidJwtException, MalformedClaimException {
        JwtContext checked = tokens.process(token);
        JwtClaims claims = checked.getJwtClaims();
        // Callers take the subject for the id of an account; one that is none ends here.
        UUID.fromString(claims.getSubject());
        Instant expiry = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        return new Verified(
                new DefaultJWTCallerPrincipal(claims),
                checked.getJoseObjects().get(0).getKeyIdHeaderValue(),
                expiry.plus(leeway));
    }

    private static Key key(SigningKeys keys, JsonWebSignature token) throws UnresolvableKeyException {
        String id = token.getKeyIdHeaderValue();
        Key key = id == null ? null : keys.publicKey(id);
        if (key == null) {
            throw new UnresolvableKeyException("no such key");
        }
        return key;
    }
}
