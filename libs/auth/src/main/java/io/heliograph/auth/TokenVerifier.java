package io.heliograph.auth;

import io.heliograph.auth.TokenException.Reason;
import io.heliograph.auth.VerifiedTokens.Digest;
import io.heliograph.auth.VerifiedTokens.VerifiedToken;
import io.heliograph.auth.revocation.RevocationSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 * Verifies access tokens: only a token that is signed by a published key of a {@linkplain TrustedIssuers trusted
 * issuer} is valid. A valid token is not verified again until it expires or its key is withdrawn, while revocations are
 * checked at each use. Rejections are not cached. From any thread; every method fails with {@link TokenException} and
 * with nothing else.
 */
@Singleton
public final class TokenVerifier {

    private static final String SCHEME = "Bearer ";

    /** Ours are under 1,000 characters, those of others some thousand; past this nothing is parsed. */
    private static final int MAX_LENGTH = 8192;

    private final TrustedIssuers issuers;
    /** Absent in a service that does not read them. */
    private final Optional<RevocationSet> revocations;
    /** Verifies nothing: the result is used to choose the issuer, and for nothing else. */
    private final JwtConsumer reader;

    private final VerifiedTokens verified;
    private final SignatureVerification signatures;
    private final long clockSkewMillis;

    @Inject
    TokenVerifier(Vertx vertx, TrustedIssuers issuers, Instance<RevocationSet> revocations, TokenConfig config) {
        this(vertx, issuers, revocations.stream().findAny(), config);
    }

    TokenVerifier(Vertx vertx, TrustedIssuers issuers, Optional<RevocationSet> revocations, TokenConfig config) {
        this.issuers = issuers;
        this.revocations = revocations;
        this.clockSkewMillis = config.clockSkew().toMillis();
        this.reader = new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setDisableRequireSignature()
                .setSkipSignatureVerification()
                .build();
        this.verified = new VerifiedTokens(config.cacheSize());
        this.signatures = new SignatureVerification(vertx);
    }

    /** The caller of a request with this {@code Authorization} header, which may be null. */
    public Future<Caller> verifyAuthorization(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return rejected(Reason.UNAUTHENTICATED);
        }
        return verify(header.substring(SCHEME.length()).trim());
    }

    /** The caller of this token, which is without a scheme. */
    public Future<Caller> verifyToken(String token) {
        return token.indexOf(' ') < 0 ? verify(token) : rejected(Reason.INVALID_TOKEN);
    }

    private Future<Caller> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return rejected(Reason.INVALID_TOKEN);
        }
        Digest digest = Digest.of(token);
        VerifiedToken hit = verified.get(digest);
        if (hit != null) {
            return unlessRevoked(hit.caller());
        }
        try {
            return verifyAnew(digest, token);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last resort: a parser of untrusted text may throw anything.
            return rejected(Reason.INVALID_TOKEN);
        }
    }

    private Future<Caller> verifyAnew(Digest digest, String token) throws InvalidJwtException, MalformedClaimException {
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
        return issuer.find(kid).compose(key -> signatures
                .run(() -> check(digest, issuer, kid, read))
                // Any failure: also signed claims of an unexpected form, such as a subject that is no UUID.
                .recover(failure -> rejected(Reason.INVALID_TOKEN))
                .compose(this::unlessRevoked));
    }

    private Caller check(Digest digest, TrustedIssuer issuer, String kid, JwtContext read)
            throws InvalidJwtException, MalformedClaimException {
        Caller caller = issuer.verify(read);
        long untilMillis = caller.expiresAt().toEpochMilli() + clockSkewMillis;
        verified.put(digest, new VerifiedToken(caller, issuer, kid, untilMillis));
        return caller;
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
