package io.heliograph.client;

import java.util.concurrent.CompletionStage;

/** Gives access tokens, for a product that signs its people in itself. */
@FunctionalInterface
public interface TokenProvider {

    /**
     * A token that is good now. It is asked for at 80 % of the life of the one before, and when the server refuses that.
     * A failure is retried with backoff; a {@link HeliographException} that is not transient ends the session.
     *
     * @return the token, or null when nobody is signed in
     */
    CompletionStage<String> token();
}
