package io.heliograph.client;

import java.util.concurrent.CompletionStage;

/** Provides access tokens, for a product with its own sign-in. */
@FunctionalInterface
public interface TokenProvider {

    /**
     * Returns a valid token. It is called at 80 % of the lifetime of the previous token, and when the server rejects
     * that. A failure is retried with backoff; a {@link HeliographException} that is not transient ends the session.
     *
     * @return the token, or null if no user is signed in
     */
    CompletionStage<String> token();
}
