package io.heliograph.auth;

import java.security.PublicKey;

/** The issuer of our own tokens in the service that signs them: its keys are at hand, and are not fetched. */
public interface LocalIssuer {

    /** The public key of this id; null if there is none. Never waits. */
    PublicKey publicKey(String kid);
}
