package io.heliograph.message.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.message.revocation.Revocations;
import io.heliograph.message.token.TokenRefused.Reason;
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

    /** Ours are under 1,000 characters, those of others some thousand; past this nothing is parsed. */
    private static final int LONGEST_TOKEN = 8192;

    private final TrustedIssuers issuers;
    private final Revocations revocations;
    /** Verifies nothing: what it reads is believed in nothing but whom to ask. */
    private final JwtConsumer reader;

    private final Cache<String, Verified> verified;

    private final long clockSkewMillis;

    /** The caller, the issuer and its key that vouched for it, and the end of all as Unix time. */
    private record Verified(Caller caller, TrustedIssuer issuer, String kid, long untilMillis) {

        boolean isGood() {
            return untilMillis > System.currentTimeMillis() && issuer.knows(kid);
        }
    }

    public TokenVerifier(TrustedIssuers issuers, Revocations revocations, TokenConfig config) {
        this.issuers = issuers;
        this.revocations = revocations;
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

    /** The caller this token speaks for. Fails with {@link TokenRefused} and with nothing else. */
    public Future<Caller> verify(String token) {
        Verified hit = verified.getIfPresent(token);
        if (hit != null && hit.isGood()) {
            return unlessRevoked(hit.caller);
        }
        try {
            return verifyAnew(token);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: what no parser of strangers' texts can be sure never to throw.
            return refused(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> verifyAnew(String token) throws InvalidJwtException, MalformedClaimException {
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
        return issuer.find(kid).compose(key -> check(token, issuer, kid, read));
    }

    private Future<Caller> check(String token, TrustedIssuer issuer, String kid, JwtContext read) {
        try {
            Caller caller = issuer.verify(read);
            long untilMillis = caller.expiresAt().toEpochMilli() + clockSkewMillis;
            verified.put(token, new Verified(caller, issuer, kid, untilMillis));
            return unlessRevoked(caller);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: claims that are signed but of a form that is none of ours, such as a subject that is no UUID.
            return refused(Reason.INVALID_TOKEN);
        }
    }

    /** Looked up each time: that the token was good a moment ago says nothing about it. */
    private Future<Caller> unlessRevoked(Caller caller) {
        return revocations.refuse(caller.session(), caller.id())
                ? refused(Reason.TOKEN_REVOKED)
                : Future.succeededFuture(caller);
    }

    private static Future<Caller> refused(Reason reason) {
        return Future.failedFuture(new TokenRefused(reason));
    }
}
