package io.heliograph.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.auth.TokenException.Reason;
import io.heliograph.auth.revocation.RevocationSet;
import io.vertx.core.Future;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/**
 * Verifies access tokens. Only one signed by a published key of a {@linkplain TrustedIssuers trusted issuer} is good; a
 * token that was good is not verified again until it expires or its key is withdrawn, while revocations are looked up
 * each time. Rejections are not cached. From any thread; every method fails with {@link TokenException} alone.
 */
@Singleton
public final class TokenVerifier {

    private static final String SCHEME = "Bearer ";

    /** Ours are under 1,000 characters, those of others some thousand; past this nothing is parsed. */
    private static final int MAX_LENGTH = 8192;

    private final TrustedIssuers issuers;
    /** Absent in a service that does not read them. */
    private final Optional<RevocationSet> revocations;
    /** Verifies nothing: what it reads is used to choose the issuer, and for nothing else. */
    private final JwtConsumer reader;

    /** By the token or the whole header, as it was sent: to take the token out of a header each time would be a copy. */
    private final Cache<String, Verified> verified;

    private final long clockSkewMillis;

    /** The caller, the issuer and its key that vouched for it, and the end of all as Unix time. */
    private record Verified(Caller caller, TrustedIssuer issuer, String kid, long untilMillis) {

        boolean isGood() {
            return untilMillis > System.currentTimeMillis() && issuer.knows(kid);
        }
    }

    @Inject
    TokenVerifier(TrustedIssuers issuers, Instance<RevocationSet> revocations, TokenConfig config) {
        this(issuers, revocations.stream().findAny(), config);
    }

    TokenVerifier(TrustedIssuers issuers, Optional<RevocationSet> revocations, TokenConfig config) {
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

    /** The caller of a request with this {@code Authorization} header, which may be null. */
    public Future<Caller> verifyAuthorization(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return rejected(Reason.UNAUTHENTICATED);
        }
        return verify(header, SCHEME.length());
    }

    /** The caller of this token, which is without a scheme. */
    public Future<Caller> verifyToken(String token) {
        // What has a blank is none, and could be a header that is in the cache.
        return token.indexOf(' ') < 0 ? verify(token, 0) : rejected(Reason.INVALID_TOKEN);
    }

    private Future<Caller> verify(String sent, int start) {
        Verified hit = verified.getIfPresent(sent);
        if (hit != null && hit.isGood()) {
            return unlessRevoked(hit.caller);
        }
        try {
            return verifyAnew(sent, sent.substring(start).trim());
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: no parser of texts from anyone is sure never to throw.
            return rejected(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> verifyAnew(String sent, String token) throws InvalidJwtException, MalformedClaimException {
        if (token.length() > MAX_LENGTH) {
            return rejected(Reason.INVALID_TOKEN);
        }
        JwtContext read = reader.process(token);
        TrustedIssuer issuer = issuers.of(read.getJwtClaims().getIssuer());
        boolean plain =
                read.getJoseObjects().size() == 1 && read.getJoseObjects().get(0) instanceof JsonWebSignature;
        String kid = plain && issuer != null
                ? issuer.keyId((JsonWebSignature) read.getJoseObjects().get(0))
                : null;
        if (kid == null) {
            return rejected(Reason.INVALID_TOKEN);
        }
        return issuer.find(kid).compose(key -> check(sent, issuer, kid, read));
    }

    private Future<Caller> check(String sent, TrustedIssuer issuer, String kid, JwtContext read) {
        try {
            Caller caller = issuer.verify(read);
            long untilMillis = caller.expiresAt().toEpochMilli() + clockSkewMillis;
            verified.put(sent, new Verified(caller, issuer, kid, untilMillis));
            return unlessRevoked(caller);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: claims that are signed but of another form than agreed on, such as a subject that is no UUID.
            return rejected(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> unlessRevoked(Caller caller) {
        return revocations.isPresent() && revocations.get().isRevoked(caller.session(), caller.id())
                ? rejected(Reason.TOKEN_REVOKED)
                : Future.succeededFuture(caller);
    }

    private static Future<Caller> rejected(Reason reason) {
        return Future.failedFuture(new TokenException(reason));
    }
}
