package io.heliograph.user.serviceaccount;

import io.heliograph.user.token.Subject;
import java.util.UUID;

/**
 * A service account that has authenticated with a secret.
 *
 * @param secret the id of the secret, which is the session of the tokens that it requests
 * @param issuer the issuer whose user ids it uses
 */
public record AuthenticatedClient(Subject subject, UUID secret, String issuer) {

    public UUID id() {
        return subject.id();
    }

    public boolean has(String role) {
        return subject.roles().contains(role);
    }
}
