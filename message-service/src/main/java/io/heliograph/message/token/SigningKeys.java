package io.heliograph.message.token;

import io.heliograph.message.token.TokenRefused.Reason;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The issuer's public keys by {@code kid}. At any time at most one fetch is under way or scheduled, and all who wait
 * for a key share it; the last keys that were read stay good for as long as the issuer is away.
 */
@Singleton
public final class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    /** In bytes. A key takes about 200; a thousand are no key set of ours. */
    private static final int LARGEST_KEY_SET = 256 * 1024;

    private final Vertx vertx;
    private final TokenConfig config;
    private final HttpClient client;
    private final RequestOptions request;
    private volatile Map<String, PublicKey> keys = Map.of();
    private Future<Void> fetch = Future.succeededFuture();
    private long lastFetchNanos;
    private long refreshTimer;

    public SigningKeys(Vertx vertx, TokenConfig config) {
        this.vertx = vertx;
        this.config = config;
        int timeoutMillis = (int) config.fetchTimeout().toMillis();
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(timeoutMillis).setKeepAlive(false));
        this.request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(config.jwksUrl().toString())
                .setTimeout(timeoutMillis);
        this.lastFetchNanos = System.nanoTime() - config.minimumFetchInterval().toNanos();
    }

    void start(@Observes StartupEvent event) {
        refresh();
        refreshTimer = vertx.setPeriodic(config.refreshInterval().toMillis(), timer -> refresh());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(refreshTimer);
        client.close();
    }

    /** The key of this id if it is at hand; null if not. Never waits. */
    PublicKey known(String kid) {
        return keys.get(kid);
    }

    /**
     * The key of this id, asked for at the issuer if it is not at hand. Fails with {@link Reason#INVALID_TOKEN} if the
     * issuer has no such key and with {@link Reason#KEYS_UNAVAILABLE} if it could not be asked. Completes on the
     * context of the caller.
     */
    Future<PublicKey> find(String kid) {
        PublicKey known = keys.get(kid);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        Promise<PublicKey> found = Promise.promise();
        Context caller = vertx.getOrCreateContext();
        refresh().onComplete(fetched -> caller.runOnContext(ignored -> answer(found, kid, fetched)));
        return found.future();
    }

    private void answer(Promise<PublicKey> found, String kid, AsyncResult<Void> fetched) {
        PublicKey key = keys.get(kid);
        if (key != null) {
            found.complete(key);
        } else {
            found.fail(new TokenRefused(fetched.succeeded() ? Reason.INVALID_TOKEN : Reason.KEYS_UNAVAILABLE));
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
        Promise<Map<String, PublicKey>> fetched = Promise.promise();
        // On an event loop: on another thread an answer could be over before anything reads it.
        vertx.runOnContext(ignored -> ask().onComplete(fetched));
        return fetched.future().onComplete(this::remember).mapEmpty();
    }

    private Future<Map<String, PublicKey>> ask() {
        return client.request(request)
                .compose(HttpClientRequest::send)
                .compose(SigningKeys::body)
                .timeout(config.fetchTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .map(KeySet::parse);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("status " + response.statusCode());
        }
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        response.endHandler(end -> body.tryComplete(read));
        response.handler(chunk -> {
            read.appendBuffer(chunk);
            if (read.length() > LARGEST_KEY_SET && body.tryFail("more than " + LARGEST_KEY_SET + " bytes")) {
                response.request().reset();
            }
        });
        return body.future();
    }

    private synchronized void remember(AsyncResult<Map<String, PublicKey>> fetched) {
        lastFetchNanos = System.nanoTime();
        if (fetched.succeeded()) {
            keys = fetched.result();
        } else {
            LOG.warnf(
                    "No signing keys from %s (%s); %d known keys stay in use",
                    config.jwksUrl(), fetched.cause().getMessage(), keys.size());
        }
    }
}
