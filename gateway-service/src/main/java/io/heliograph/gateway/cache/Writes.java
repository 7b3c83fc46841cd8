package io.heliograph.gateway.cache;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.URI;

/** Drops what is stored of an address once a request has changed what is there: RFC 9111, 4.4. */
@Singleton
final class Writes {

    private final PurgeBus bus;
    private final Replies replies;

    Writes(PurgeBus bus, Replies replies) {
        this.bus = bus;
        this.replies = replies;
    }

    void watch(Exchange exchange) {
        String key = Ask.key(exchange);
        HttpServerResponse response = exchange.response();
        replies.prepare(exchange, Result.BYPASS, CacheStatus.METHOD);
        // Before the head goes out: who has read that it is done must not be given what was there before.
        response.headersEndHandler(end -> {
            response.headers().remove(Fields.TAGS);
            if (response.getStatusCode() < 400) {
                drop(key);
                drop(named(exchange, response.headers().get(HttpHeaders.LOCATION)));
                drop(named(exchange, response.headers().get(HttpHeaders.CONTENT_LOCATION)));
            }
        });
        exchange.proceed();
    }

    private void drop(String key) {
        if (key != null) {
            bus.purge(new Purge.OfAddress(key));
        }
    }

    /** The key of the address that a header names, if it is one of the same host; else null. */
    private static String named(Exchange exchange, String location) {
        if (location == null) {
            return null;
        }
        try {
            String base = exchange.scheme() + "://" + exchange.host();
            URI named = URI.create(base + exchange.request().uri()).resolve(location);
            String text = named.toString();
            boolean same = text.regionMatches(true, 0, base, 0, base.length()) && text.startsWith("/", base.length());
            return same ? Ask.key(exchange, text.substring(base.length())) : null;
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
