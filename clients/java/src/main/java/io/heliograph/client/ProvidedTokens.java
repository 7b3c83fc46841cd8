package io.heliograph.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tokens of the program that uses the client. */
final class ProvidedTokens implements TokenSource {

    /** The timeout of the program's provider, which is then called again. */
    private static final long TIMEOUT_SECONDS = 20;

    private final ClientContext context;
    private final TokenProvider provider;

    ProvidedTokens(ClientContext context, TokenProvider provider) {
        this.context = context;
        this.provider = provider;
    }

    @Override
    public CompletableFuture<Tokens> another(Account account, String spent) {
        // Neither under the lock nor on the thread of the caller.
        return CompletableFuture.supplyAsync(provider::token, context.executor())
                .thenCompose(token -> token)
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenApply(token -> {
                    if (token == null) {
                        throw HeliographException.signedOut();
                    }
                    // The remaining lifetime is not known before the server has sent its time; a new token has all of
                    // it.
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
        // The program owns the tokens.
    }
}
