package io.heliograph.client;

import java.util.concurrent.CompletableFuture;

/** Where a session gets its tokens. */
interface TokenSource {

    /**
     * Tokens that are good now.
     *
     * @param account whose they are to be; null for anybody's
     * @param spent the access token that is not to be given again; null for none
     */
    CompletableFuture<Tokens> another(Account account, String spent);

    /** Whether there may be tokens. */
    boolean mayHave();

    /** Whether what is left of a token is known only when the server says its time. */
    boolean isLifeUnknown();

    /** Forgets those of this account. */
    void forget(Account account);
}
