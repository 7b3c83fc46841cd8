package io.heliograph.user.token;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.security.Key;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Checks a bearer token against the keys at hand, without a call to anyone. The algorithm is ours, whatever the token
 * says of it: one that names {@code none}, or takes a public key for an HMAC secret, is refused before any key is used.
 */
@Alternative
@Priority(1)
@Singleton
class TokenVerifier extends JWTCallerPrincipalFactory {

    private final JwtConsumer tokens;

    TokenVerifier(TokenConfig config, SigningKeys keys) {
        this.tokens = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AccessTokens.ALGORITHM))
                .setVerificationKeyResolver((token, outer) -> key(keys, token))
                .setExpectedIssuer(config.issuer())
                .setExpectedAudience(AccessTokens.AUDIENCE)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(Math.toIntExact(config.leeway().toSeconds()))
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo unused) throws ParseException {
        try {
            JwtClaims claims = tokens.processToClaims(token);
            // Callers take the subject for the id of an account; one that is none ends here.
            UUID.fromString(claims.getSubject());
            return new DefaultJWTCallerPrincipal(claims);
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            throw new ParseException("the token is not valid", e);
        }
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
