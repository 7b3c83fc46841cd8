package io.heliograph.user.serviceaccount;

import io.heliograph.user.signin.ClientThrottle;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Checks the secrets of service accounts, and counts those that are wrong. */
@Singleton
public class ClientAuthentication {

    private final ServiceAccountRepository repository;
    private final ClientThrottle throttle;

    ClientAuthentication(ServiceAccountRepository repository, ClientThrottle throttle) {
        this.repository = repository;
        this.throttle = throttle;
    }

    /**
     * Empty if this is not a secret of this service account. Fails with {@code too_many_sign_ins} after too many
     * failures.
     */
    public Uni<Optional<AuthenticatedClient>> authenticate(String clientId, String secret) {
        return id(clientId)
                .map(id -> repository.authenticate(id, new ClientSecret(secret)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .call(found -> found.isPresent() ? Uni.createFrom().voidItem() : throttle.failed(clientId));
    }

    private static Optional<UUID> id(String clientId) {
        try {
            return Optional.of(UUID.fromString(clientId));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
