package io.heliograph.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tokens of the program that uses the client. */
final class ProvidedTokens implements TokenSource {

    /** A program that does not answer is asked again. */
    private static final long TIMEOUT_SECONDS = 20;

    private final ClientContext context;
    private final TokenProvider provider;

    ProvidedTokens(ClientContext context, TokenProvider provider) {
        this.context = context;
        this.provider = provider;
    }

    @Override
    public CompletableFuture<Tokens> another(Account account, String spent) {
        // Not under the lock, nor on the thread of the caller.
        return CompletableFuture.supplyAsync(provider::token, context.executor())
                .thenCompose(token -> token)
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(token -> {
                    if (token == null) {
                        throw HeliographException.signedOut();
                    }
                    // What is left of it is not known before the server says its time; of one that is new, all.
                    return Tokens.fresh(token, null, Claims.of(token).lifeMillis(), context.now());
                });
    }

    @Override
    public boolean mayHave() {
        return true;
    }

    @Override
    public boolean isLifeUnknown() {
        return true;
    }

    @Override
    public void forget(Account account) {
        // They are the program's.
    }
}
