package io.heliograph.client;

import java.util.concurrent.CompletableFuture;

/** The source of the tokens of a session. */
interface TokenSource {

    /**
     * Returns valid tokens.
     *
     * @param account the user of the tokens; null for any user
     * @param spent the access token that must not be returned again; null for none
     */
    CompletableFuture<Tokens> another(Account account, String spent);

    /** Whether there may be tokens. */
    boolean mayHave();

    /** Whether the remaining lifetime of a token is known only when the server has sent its time. */
    boolean isLifeUnknown();

    /** Removes the tokens of this account. */
    void forget(Account account);
}
