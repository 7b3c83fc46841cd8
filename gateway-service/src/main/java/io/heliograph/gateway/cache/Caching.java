package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Life.Use;
import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/**
 * Answers requests with what is stored, on routes that have a cache: as one that many share, by RFC 9111. What memory
 * has is given at once; for all else there is {@link Refill}.
 */
@Singleton
public final class Caching implements Step {

    private static final CharSequence[] OF_THE_SERVICE = {
        HttpHeaders.createOptimized("range"),
        HttpHeaders.createOptimized("if-range"),
        HttpHeaders.createOptimized("if-match"),
        HttpHeaders.createOptimized("if-unmodified-since"),
        HttpHeaders.UPGRADE
    };

    private final Shelf shelf;
    private final Refill refill;
    private final Writes writes;
    private final Replies replies;

    Caching(Shelf shelf, Refill refill, Writes writes, Replies replies) {
        this.shelf = shelf;
        this.refill = refill;
        this.writes = writes;
        this.replies = replies;
    }

    @Override
    public void take(Exchange exchange) {
        HttpMethod method = exchange.method();
        if (exchange.route().cache() == null || HttpMethod.OPTIONS.equals(method)) {
            exchange.proceed();
        } else if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            read(exchange);
        } else {
            writes.watch(exchange);
        }
    }

    private void read(Exchange exchange) {
        String key = Ask.key(exchange);
        if (key == null || isForTheService(exchange.request())) {
            replies.pass(exchange, Result.BYPASS, CacheStatus.BYPASS);
            return;
        }
        MultiMap headers = exchange.request().headers();
        RequestControl control = RequestControl.of(headers);
        Variants stored = shelf.find(key);
        Entry entry = stored == null ? null : stored.select(headers);
        if (entry == null) {
            refill.answer(exchange, ask(exchange, key, control), null);
            return;
        }
        Use use = shelf.use(entry, headers, control, System.currentTimeMillis());
        if (use == Use.GIVE) {
            replies.give(exchange, entry, Result.HIT, null);
        } else if (use == Use.GIVE_AND_REFRESH) {
            refill.refresh(exchange, ask(exchange, key, control), entry);
            replies.give(exchange, entry, Result.STALE, null);
        } else {
            Ask ask = ask(exchange, key, control);
            refill.answer(exchange, ask, Shelf.isFor(entry, ask.headers()) ? entry : null);
        }
    }

    private static Ask ask(Exchange exchange, String key, RequestControl control) {
        HttpServerRequest request = exchange.request();
        return new Ask(exchange.route(), key, request.uri(), request.headers(), control);
    }

    /** What only the service can answer. */
    private static boolean isForTheService(HttpServerRequest request) {
        MultiMap headers = request.headers();
        for (CharSequence name : OF_THE_SERVICE) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return BodyLength.of(request) != 0;
    }
}
