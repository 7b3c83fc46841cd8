package io.heliograph.auth;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.heliograph.auth.TokenException.Reason;
import io.vertx.core.Future;
import java.security.PublicKey;

/** The keys of the {@link LocalIssuer}. */
record LocalKeys(LocalIssuer issuer) implements IssuerKeys {

    @Override
    public VerificationKey known(String kid) {
        PublicKey key = issuer.publicKey(kid);
        return key == null ? null : new VerificationKey(key, null);
    }

    @Override
    public Future<VerificationKey> find(String kid) {
        VerificationKey key = known(kid);
        return key == null
                ? Future.failedFuture(new TokenException(Reason.INVALID_TOKEN))
                : Future.succeededFuture(key);
    }
}
