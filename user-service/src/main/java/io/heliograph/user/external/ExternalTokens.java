package io.heliograph.user.external;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

/** Tells whom a token of another issuer speaks for. The unverified {@code iss} chooses whose keys and rules decide. */
@Singleton
final class ExternalTokens {

    /** Some thousand characters are common; past this nothing is parsed. */
    private static final int LONGEST_TOKEN = 8192;

    private final TrustedIssuers issuers;
    /** Verifies nothing: what it reads is believed in nothing but whom to ask. */
    private final JwtConsumer reader = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    ExternalTokens(TrustedIssuers issuers) {
        this.issuers = issuers;
    }

    /**
     * Empty if it is not of another issuer that is known here, and so for others to judge. Fails with
     * {@link AuthenticationFailedException}, or with {@code keys_unavailable}.
     */
    Future<Optional<ExternalIdentity>> verify(String token) {
        if (issuers.isEmpty() || token.length() > LONGEST_TOKEN) {
            return Future.succeededFuture(Optional.empty());
        }
        try {
            JwtContext read = reader.process(token);
            TrustedIssuer issuer = issuers.of(read.getJwtClaims().getIssuer());
            return issuer == null
                    ? Future.succeededFuture(Optional.empty())
                    : verify(read, issuer).map(Optional::of);
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: what no parser of strangers' texts can be sure never to throw.
            return Future.succeededFuture(Optional.empty());
        }
    }

    private static Future<ExternalIdentity> verify(JwtContext read, TrustedIssuer issuer) {
        boolean plain =
                read.getJoseObjects().size() == 1 && read.getJoseObjects().get(0) instanceof JsonWebSignature;
        String kid =
                plain ? issuer.keyId((JsonWebSignature) read.getJoseObjects().get(0)) : null;
        return kid == null
                ? Future.failedFuture(new AuthenticationFailedException())
                : issuer.find(kid).compose(key -> check(read, issuer));
    }

    private static Future<ExternalIdentity> check(JwtContext read, TrustedIssuer issuer) {
        try {
            return Future.succeededFuture(issuer.verify(read));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The last: claims that are signed but of a form that was not agreed on, such as a role that is a number.
            return Future.failedFuture(new AuthenticationFailedException());
        }
    }
}
