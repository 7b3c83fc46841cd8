package io.heliograph.user.token;

import io.heliograph.auth.TokenConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs access tokens. Signing takes less than a millisecond (docs/adr/0003), so it stays on the event loop. */
@Singleton
public class AccessTokens {

    static final String AUDIENCE = "heliograph";

    private final SigningConfig config;
    private final Duration clockSkew;
    private final SigningKeys keys;

    AccessTokens(SigningConfig config, TokenConfig verification, SigningKeys keys) {
        this.config = config;
        this.clockSkew = verification.clockSkew();
        this.keys = keys;
    }

    /** The lifetime of a token from the moment it is signed. */
    public Duration lifetime() {
        return config.accessTokenLifetime();
    }

    /** The longest time for which a verifier may accept a token, including the clock skew. */
    public Duration longestUse() {
        return config.accessTokenLifetime().plus(clockSkew);
    }

    /** @param signedInAt the last sign-in of the user ({@code auth_time} of OpenID Connect) */
    public String sign(Subject subject, UUID session, Instant signedInAt) {
        JwtClaims claims = claims(subject, session);
        claims.setNumericDateClaim("auth_time", NumericDate.fromSeconds(signedInAt.getEpochSecond()));
        return sign(claims);
    }

    /**
     * A token that a service account requested, for itself or to act for a user. It has no {@code auth_time}, because
     * no user signed in; {@code client_id} and {@code act} are those of RFC 9068 and RFC 8693.
     *
     * @param session ends with the secret by which the token was requested
     */
    public String signForClient(Subject subject, UUID session, UUID client) {
        JwtClaims claims = claims(subject, session);
        claims.setStringClaim("client_id", client.toString());
        if (subject.id().equals(client)) {
            claims.setClaim("bot", true);
        } else {
            claims.setClaim("act", Map.of("sub", client.toString()));
        }
        return sign(claims);
    }

    private JwtClaims claims(Subject subject, UUID session) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(config.issuer());
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject.id().toString());
        claims.setStringClaim("upn", subject.username());
        claims.setStringClaim("name", subject.displayName());
        claims.setClaim("profile_version", subject.version());
        claims.setStringListClaim("groups", subject.roles());
        claims.setStringClaim("sid", session.toString());
        NumericDate now = NumericDate.now();
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(
                now.getValue() + config.accessTokenLifetime().toSeconds()));
        return claims;
    }

    private String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        SigningKey key = keys.signer();
        signature.setAlgorithmHeaderValue(key.algorithm());
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.id());
        signature.setKey(key.pair().getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a key that was read cannot sign", e);
        }
    }
}
