package io.heliograph.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Requests another token from a source, with retries for a minute. */
final class Renewal {

    private static final BackoffSettings BACKOFF = new BackoffSettings(Duration.ofMillis(500), Duration.ofSeconds(3));

    /** After this time a call fails because there is no token; the timer of the session continues the attempts. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final ClientContext context;
    private final TokenSource source;
    private final SessionLock lock;
    private final String key;

    Renewal(ClientContext context, TokenSource source, SessionLock lock, String key) {
        this.context = context;
        this.source = source;
        this.lock = lock;
        this.key = key;
    }

    CompletableFuture<Tokens> run(Account account, String spent) {
        CompletableFuture<Tokens> result = new CompletableFuture<>();
        attempt(account, spent, new Backoff(BACKOFF), context.now() + PATIENCE_MILLIS, result);
        return result;
    }

    private void attempt(Account account, String spent, Backoff backoff, long end, CompletableFuture<Tokens> result) {
        context.whenDone(lock.run(key, () -> source.another(account, spent)), (another, failure) -> {
            if (failure == null) {
                result.complete(another);
                return;
            }
            long wait = backoff.next();
            boolean isRefused = failure instanceof HeliographException refusal && !refusal.isTransient();
            if (isRefused || context.now() + wait > end) {
                result.completeExceptionally(failure);
            } else {
                context.schedule(wait, () -> attempt(account, spent, backoff, end, result));
            }
        });
    }
}
