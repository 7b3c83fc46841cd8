package io.heliograph.user.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Every request has one id: the caller's if it is sane, else a new one. It is on the answer, in problems and in logs. */
@Singleton
public final class RequestId {

    private static final String HEADER = "X-Request-Id";
    private static final String LOG_FIELD = "requestId";
    /** Wide enough for UUIDs and trace ids; nothing that could break a log line or a header. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    /** Before every other filter, so that no refusal is without an id. */
    static final int FIRST = 1_000;

    void register(@Observes Filters filters) {
        filters.register(RequestId::assign, FIRST);
    }

    /** The id of the request that is being answered, or null outside of one. */
    public static String current() {
        return (String) MDC.get(LOG_FIELD);
    }

    private static void assign(RoutingContext context) {
        String id = choose(context.request().getHeader(HEADER));
        MDC.put(LOG_FIELD, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    static String choose(String offered) {
        boolean sane = offered != null && SANE.matcher(offered).matches();
        return sane ? offered : UUID.randomUUID().toString();
    }
}
