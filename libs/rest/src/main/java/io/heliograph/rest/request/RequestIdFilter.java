package io.heliograph.rest.request;

import io.heliograph.http.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.MDC;

/** Gives every request one id: it is on the response, in problems and in logs. */
@Singleton
public final class RequestIdFilter {

    /** Of this filter: before every other, so that no error response is without an id. */
    public static final int PRIORITY = 1_000;

    private static final String LOG_FIELD = "requestId";

    void register(@Observes Filters filters) {
        filters.register(RequestIdFilter::assign, PRIORITY);
    }

    /** The id of the request that is being handled, or null outside of one. */
    public static String current() {
        return (String) MDC.get(LOG_FIELD);
    }

    private static void assign(RoutingContext context) {
        String id = RequestId.of(context.request().getHeader(RequestId.HEADER));
        MDC.put(LOG_FIELD, id);
        context.response().putHeader(RequestId.HEADER, id);
        context.next();
    }
}
