package io.heliograph.user.serviceaccount;

import io.heliograph.user.token.Subject;
import java.util.UUID;

/**
 * A service account that has shown a secret of its own.
 *
 * @param secret the id of the secret, which is the session of the tokens that it brings
 * @param issuer whose ids of people it knows
 */
public record AuthenticatedClient(Subject subject, UUID secret, String issuer) {

    public UUID id() {
        return subject.id();
    }

    public boolean has(String role) {
        return subject.roles().contains(role);
    }
}
