package io.heliograph.message.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.revocation.Revocations;
import io.heliograph.message.token.TokenRefused.Reason;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Tells whom an access token speaks for. Only ES256 by a published key of the issuer is good; a token that was good
 * is not verified again until it expires, is revoked or loses its key. Refusals are not remembered.
 */
@Singleton
public final class TokenVerifier {

    private static final String SCHEME = "Bearer ";
    private static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    /** Ours are under 1,000 characters; past this nothing is parsed. */
    private static final int LONGEST_TOKEN = 4096;

    private final SigningKeys keys;
    private final Revocations revocations;
    private final JwtConsumer consumer;
    private final Cache<String, Verified> verified;
    private final long clockSkewMillis;

    /** The caller, the key that vouched for it, and the end of both as Unix time. */
    private record Verified(Caller caller, String kid, long untilMillis) {}

    public TokenVerifier(SigningKeys keys, Revocations revocations, TokenConfig config) {
        this.keys = keys;
        this.revocations = revocations;
        this.clockSkewMillis = config.clockSkew().toMillis();
        this.consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM)
                .setVerificationKeyResolver((jws, nesting) -> keys.known(jws.getKeyIdHeaderValue()))
                .setExpectedIssuer(config.issuer())
                .setExpectedAudience(config.audience())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
                .build();
        this.verified = Caffeine.newBuilder()
                .maximumSize(config.cacheSize())
                .expireAfterWrite(config.cacheLife())
                .build();
    }

    /**
     * The caller of a request with this {@code Authorization} header, which may be null. Fails with
     * {@link TokenRefused} and with nothing else.
     */
    public Future<Caller> verifyAuthorization(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused(Reason.UNAUTHENTICATED);
        }
        return verify(header.substring(SCHEME.length()).trim());
    }

    /** The caller this token speaks for. Fails with {@link TokenRefused} and with nothing else. */
    public Future<Caller> verify(String token) {
        Verified hit = verified.getIfPresent(token);
        if (hit != null && hit.untilMillis > System.currentTimeMillis() && keys.known(hit.kid) != null) {
            return unlessRevoked(hit.caller);
        }
        String kid = keyId(token);
        if (kid == null) {
            return refused(Reason.INVALID_TOKEN);
        }
        return keys.find(kid).compose(key -> check(token, kid));
    }

    /** The key that an ES256 token says it was signed by; null for anything else, which needs no look at the keys. */
    private static String keyId(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return null;
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            return ALGORITHM.equals(signature.getAlgorithmHeaderValue()) ? signature.getKeyIdHeaderValue() : null;
        } catch (JoseException e) {
            return null;
        }
    }

    private Future<Caller> check(String token, String kid) {
        try {
            Caller caller = caller(consumer.processToClaims(token));
            long untilMillis = caller.expiresAt().toEpochMilli() + clockSkewMillis;
            verified.put(token, new Verified(caller, kid, untilMillis));
            return unlessRevoked(caller);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: claims that are signed but of a form that is none of ours, such as a subject that is no UUID.
            return refused(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> unlessRevoked(Caller caller) {
        return revocations.refuse(caller.session(), caller.id())
                ? refused(Reason.TOKEN_REVOKED)
                : Future.succeededFuture(caller);
    }

    private static Caller caller(JwtClaims claims) throws MalformedClaimException {
        String username = Objects.requireNonNullElse(claims.getStringClaimValue("upn"), "");
        return new Caller(
                UUID.fromString(claims.getSubject()),
                username,
                Objects.requireNonNullElse(claims.getStringClaimValue("name"), username),
                Objects.requireNonNullElse(claims.getClaimValue("profile_version", Long.class), 0L),
                claims.hasClaim("groups") ? Set.copyOf(claims.getStringListClaimValue("groups")) : Set.of(),
                Objects.requireNonNullElse(claims.getStringClaimValue("sid"), ""),
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
    }

    private static Future<Caller> refused(Reason reason) {
        return Future.failedFuture(new TokenRefused(reason));
    }
}
