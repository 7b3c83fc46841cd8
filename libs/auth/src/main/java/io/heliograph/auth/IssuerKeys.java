package io.heliograph.auth;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.vertx.core.Future;

/** The public keys of an issuer by {@code kid}. */
interface IssuerKeys {

    /** The key of this id if it is at hand; null if not. Never waits. */
    VerificationKey known(String kid);

    /** Fails with {@link TokenException}: there is no such key, or the issuer cannot be asked for it. */
    Future<VerificationKey> find(String kid);
}
