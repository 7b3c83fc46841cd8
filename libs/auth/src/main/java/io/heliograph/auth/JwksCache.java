package io.heliograph.auth;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.heliograph.auth.TokenException.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * The public keys of an issuer by {@code kid}. At most one fetch is under way or scheduled at a time, and all requests
 * for a key share it. While the issuer is unavailable, the keys of the last successful fetch stay valid.
 */
final class JwksCache implements IssuerKeys {

    private static final Logger LOG = Logger.getLogger(JwksCache.class);

    private final Vertx vertx;
    private final JwksClient source;
    private final TokenConfig config;
    private final KeyFetchListener listener;
    private volatile Map<String, VerificationKey> keys = Map.of();
    private Future<Void> fetch = Future.succeededFuture();
    private long lastFetchNanos;
    private boolean hasFetched;
    private long refreshTimer;

    JwksCache(Vertx vertx, JwksClient source, TokenConfig config, KeyFetchListener listener) {
        this.vertx = vertx;
        this.source = source;
        this.config = config;
        this.listener = listener;
        this.lastFetchNanos = System.nanoTime() - config.minimumFetchInterval().toNanos();
    }

    void start() {
        refresh();
        refreshTimer = vertx.setPeriodic(config.refreshInterval().toMillis(), timer -> refresh());
    }

    void stop() {
        vertx.cancelTimer(refreshTimer);
    }

    @Override
    public VerificationKey known(String kid) {
        return keys.get(kid);
    }

    /**
     * Fetches the keys if this one is not known. Fails with {@link Reason#INVALID_TOKEN} if the issuer has no such key
     * and with {@link Reason#KEYS_UNAVAILABLE} if the fetch failed. Completes on the context of the caller.
     */
    @Override
    public Future<VerificationKey> find(String kid) {
        VerificationKey known = keys.get(kid);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        Promise<VerificationKey> found = Promise.promise();
        Context caller = vertx.getOrCreateContext();
        refresh().onComplete(fetched -> caller.runOnContext(ignored -> answer(found, kid, fetched)));
        return found.future();
    }

    private void answer(Promise<VerificationKey> found, String kid, AsyncResult<Void> fetched) {
        VerificationKey key = keys.get(kid);
        if (key != null) {
            found.complete(key);
        } else {
            found.fail(new TokenException(fetched.succeeded() ? Reason.INVALID_TOKEN : Reason.KEYS_UNAVAILABLE));
        }
    }

    private synchronized Future<Void> refresh() {
        if (!fetch.isComplete()) {
            return fetch;
        }
        long sinceLast = System.nanoTime() - lastFetchNanos;
        long waitMillis =
                TimeUnit.NANOSECONDS.toMillis(config.minimumFetchInterval().toNanos() - sinceLast);
        fetch = waitMillis > 0 ? vertx.timer(waitMillis).compose(timer -> fetch()) : fetch();
        return fetch;
    }

    private Future<Void> fetch() {
        Consumer<Throwable> ended = listener.begin(source.toString());
        Promise<Map<String, VerificationKey>> fetched = Promise.promise();
        // On an event loop: on another thread an answer could be over before anything reads it.
        vertx.runOnContext(ignored -> source.fetch().onComplete(fetched));
        return fetched.future()
                .onComplete(result -> ended.accept(result.cause()))
                .onComplete(this::store)
                .mapEmpty();
    }

    private synchronized void store(AsyncResult<Map<String, VerificationKey>> fetched) {
        boolean fetchedBefore = hasFetched;
        hasFetched = true;
        lastFetchNanos = System.nanoTime();
        if (fetched.succeeded()) {
            keys = fetched.result();
        } else {
            // At the start the issuer may be starting too; the next token that needs a key causes another fetch.
            Level level = fetchedBefore ? Level.WARN : Level.INFO;
            LOG.logf(
                    level,
                    "No signing keys from %s (%s); %d known keys stay in use",
                    source,
                    fetched.cause(),
                    keys.size());
        }
    }
}
