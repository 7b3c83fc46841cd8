package io.heliograph.user.signin;

import io.heliograph.user.request.ClientAddress;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Counts wrong secrets of service accounts, by the limits of sign-ins. A right secret is never rejected: it is too long
 * to be guessed, so a throttle is not needed, and a wrong secret in another process must not stop a backend.
 */
@Singleton
public class ClientThrottle {

    private final SignInRepository store;
    private final SignInConfig config;

    ClientThrottle(SignInRepository store, SignInConfig config) {
        this.store = store;
        this.config = config;
    }

    /** Completes once a failure of this client id is counted; fails with {@code too_many_sign_ins} past the limit. */
    public Uni<Void> failed(String client) {
        String network = ClientAddress.network(ClientAddress.current());
        return store.settle(FailureKey.ofClient(config, SignInAttempt.nobody(client), network), false)
                .invoke(delay -> delay.ifPresent(wait -> {
                    throw SignInThrottle.refusal(wait);
                }))
                .replaceWithVoid();
    }
}
