package io.heliograph.client;

import java.util.concurrent.CompletableFuture;

/** The signed-in user, and a valid token. Its state is guarded by the lock of the client. */
final class Session implements Authorization {

    /** The owner of a session. */
    interface SessionListener {

        /** There is another token. */
        void renewed();

        /** There is no token any more. */
        void ended(String reason);
    }

    /** A token is renewed at most once a second, whatever its lifetime. */
    private static final long LEAST_MILLIS = 1_000;
    /** The pause if the program has no other token yet. */
    private static final long UNCHANGED_MILLIS = 10_000;

    private final ClientContext context;
    private final TokenSource source;
    private final Renewal renewals;
    private final SessionListener listener;

    private Tokens tokens;
    /** The running renewal; replaced or null when its result is not needed any more. */
    private CompletableFuture<Void> renewal;

    private ClientContext.Timer timer;
    private boolean isKept;
    /** Whether the program returned the same token at a renewal. */
    private boolean isUnchanged;

    Session(ClientContext context, TokenSource source, Renewal renewals, SessionListener listener) {
        this.context = context;
        this.source = source;
        this.renewals = renewals;
        this.listener = listener;
    }

    /** The signed-in user; null if there is none. */
    Account account() {
        return tokens == null ? null : tokens.account();
    }

    /** Null without a sign-in by password. */
    String refreshToken() {
        return tokens == null ? null : tokens.refreshToken();
    }

    /** Another session begins. */
    void begin(Tokens first) {
        abandonRenewal();
        accept(first);
    }

    /** Restores the stored session, or that of the program. */
    CompletableFuture<Boolean> resume() {
        return source.mayHave()
                ? renew(null).thenApply(nothing -> context.get(() -> tokens != null))
                : CompletableFuture.completedFuture(false);
    }

    /** Removes the tokens, in memory and in the storage. */
    void end(String reason) {
        cancelTimer();
        if (tokens != null) {
            source.forget(tokens.account());
            tokens = null;
            abandonRenewal();
            listener.ended(reason);
        }
    }

    /** Renews the token in time from now on. */
    void keep() {
        isKept = true;
        schedule();
    }

    /** Renews the token only when a call needs one. */
    void rest() {
        isKept = false;
        cancelTimer();
    }

    @Override
    public CompletableFuture<String> token() {
        return context.get(() -> {
            if (tokens == null) {
                return CompletableFuture.failedFuture(HeliographException.signedOut());
            }
            return context.now() >= tokens.expiresAt()
                    ? renew(tokens.accessToken()).thenCompose(nothing -> current())
                    : CompletableFuture.completedFuture(tokens.accessToken());
        });
    }

    /** Calls at the same time share one renewal. */
    @Override
    public CompletableFuture<Void> renew(String spent) {
        return context.get(() -> {
            if (tokens != null && !tokens.accessToken().equals(spent)) {
                return CompletableFuture.completedFuture(null);
            }
            if (renewal == null) {
                CompletableFuture<Void> begun = new CompletableFuture<>();
                renewal = begun;
                context.whenDone(renewals.run(account(), spent), (another, failure) -> {
                    if (renewal == begun) {
                        renewal = null;
                        renewed(spent, another, failure, begun);
                    }
                });
                return begun;
            }
            return renewal;
        });
    }

    /** Applies the time of the server, by which the remaining lifetime of a token of the program is known. */
    void learnTime(String token, long serverMillis) {
        Claims claims = Claims.of(token);
        if (source.isLifeUnknown()
                && tokens != null
                && tokens.accessToken().equals(token)
                && claims.expiresAt() != null) {
            long left = (long) (claims.expiresAt() * 1_000) - serverMillis;
            long life = claims.issuedAt() == null ? left : claims.lifeMillis();
            tokens = tokens.withLeft(life, left, context.now());
            schedule();
        }
    }

    private CompletableFuture<String> current() {
        return context.get(() -> tokens == null
                ? CompletableFuture.failedFuture(HeliographException.signedOut())
                : CompletableFuture.completedFuture(tokens.accessToken()));
    }

    private void renewed(String spent, Tokens another, Throwable failure, CompletableFuture<Void> begun) {
        if (failure == null) {
            isUnchanged = another.accessToken().equals(spent);
            accept(another);
            listener.renewed();
            begun.complete(null);
        } else {
            if (failure instanceof HeliographException refusal && !refusal.isTransient()) {
                end(refusal.code());
            }
            begun.completeExceptionally(failure);
        }
    }

    private void abandonRenewal() {
        CompletableFuture<Void> abandoned = renewal;
        renewal = null;
        if (abandoned != null) {
            abandoned.completeExceptionally(HeliographException.signedOut());
        }
    }

    private void accept(Tokens another) {
        tokens = another;
        schedule();
    }

    private void schedule() {
        cancelTimer();
        if (isKept && tokens != null) {
            Tokens current = tokens;
            long least = isUnchanged ? UNCHANGED_MILLIS : LEAST_MILLIS;
            timer = context.schedule(
                    Math.max(least, current.renewAt() - context.now()),
                    () -> context.whenDone(renew(current.accessToken()), (nothing, failure) -> {
                        if (failure != null && current.equals(tokens)) {
                            schedule();
                        }
                    }));
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
