package io.heliograph.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.gateway.token.TokenRefused.Reason;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Tells whom an access token speaks for. Only one signed by a published key of a {@linkplain TrustedIssuers trusted
 * issuer} is good; a token that was good is not verified again until it expires or its key is withdrawn. Refusals are
 * not remembered.
 */
@Singleton
public final class TokenVerifier {

    private static final String SCHEME = "Bearer ";

    /** Ours are under 1,000 characters, those of others some thousand; past this nothing is parsed. */
    private static final int LONGEST_TOKEN = 8192;

    private final TrustedIssuers issuers;
    /** Verifies nothing: what it reads is believed in nothing but whom to ask. */
    private final JwtConsumer reader;

    /** By the whole header: to take the token out of it each time would be a copy for nothing. */
    private final Cache<String, Verified> verified;

    private final long clockSkewMillis;

    /** The caller, the issuer and its key that vouched for it, and the end of all as Unix time. */
    private record Verified(Caller caller, TrustedIssuer issuer, String kid, long untilMillis) {

        boolean isGood() {
            return untilMillis > System.currentTimeMillis() && issuer.knows(kid);
        }
    }

    public TokenVerifier(TrustedIssuers issuers, TokenConfig config) {
        this.issuers = issuers;
        this.clockSkewMillis = config.clockSkew().toMillis();
        this.reader = new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setDisableRequireSignature()
                .setSkipSignatureVerification()
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
    public Future<Caller> verify(String authorization) {
        if (authorization == null) {
            return refused(Reason.UNAUTHENTICATED);
        }
        Verified hit = verified.getIfPresent(authorization);
        if (hit != null && hit.isGood()) {
            return Future.succeededFuture(hit.caller);
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused(Reason.UNAUTHENTICATED);
        }
        try {
            return verifyAnew(authorization);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: what no parser of strangers' texts can be sure never to throw.
            return refused(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> verifyAnew(String authorization) throws InvalidJwtException, MalformedClaimException {
        String token = authorization.substring(SCHEME.length()).trim();
        if (token.length() > LONGEST_TOKEN) {
            return refused(Reason.INVALID_TOKEN);
        }
        JwtContext read = reader.process(token);
        TrustedIssuer issuer = issuers.of(read.getJwtClaims().getIssuer());
        boolean plain =
                read.getJoseObjects().size() == 1 && read.getJoseObjects().get(0) instanceof JsonWebSignature;
        String kid = plain && issuer != null
                ? issuer.keyId((JsonWebSignature) read.getJoseObjects().get(0))
                : null;
        if (kid == null) {
            return refused(Reason.INVALID_TOKEN);
        }
        return issuer.find(kid).compose(key -> check(authorization, issuer, kid, read));
    }

    private Future<Caller> check(String authorization, TrustedIssuer issuer, String kid, JwtContext read) {
        try {
            Caller caller = issuer.verify(read);
            long untilMillis = caller.expiresAt().toEpochMilli() + clockSkewMillis;
            verified.put(authorization, new Verified(caller, issuer, kid, untilMillis));
            return Future.succeededFuture(caller);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: claims that are signed but of a form that is none of ours, such as a subject that is no UUID.
            return refused(Reason.INVALID_TOKEN);
        }
    }

    private static Future<Caller> refused(Reason reason) {
        return Future.failedFuture(new TokenRefused(reason));
    }
}
