package io.heliograph.gateway.door;

import io.heliograph.gateway.drain.Drain;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Passage;
import io.heliograph.gateway.exchange.Stamp;
import io.heliograph.gateway.page.Pages;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.RequestPath;
import io.heliograph.gateway.route.Routes;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Where every request comes in. What is not a page goes through the steps: those that find out what it is
 * ({@link Arrival}), those that decide whether it is let in ({@link Admission}), then those that answer it
 * ({@link Answering}).
 */
@Singleton
final class Door {

    private static final Logger LOG = Logger.getLogger(Door.class);

    /** Before all that Quarkus registers but its access log. */
    private static final int FIRST = Integer.MIN_VALUE + 10;

    private static final int LAST = Integer.MAX_VALUE - 10;

    private final Routes routes;
    private final Passage passage;
    private final Arrival arrival;
    private final Drain drain;

    Door(Routes routes, Passage passage, Arrival arrival, Drain drain) {
        this.routes = routes;
        this.passage = passage;
        this.arrival = arrival;
        this.drain = drain;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter).failureHandler(this::fail);
        router.route().order(LAST).handler(context -> refuse(context.request(), Problem.NOT_FOUND));
    }

    private void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        drain.part(request);
        String path = RequestPath.of(request.uri());
        if (routes.table().covers(path)) {
            pass(new Exchange(request, passage));
        } else if (RequestPath.isAmbiguous(path)) {
            refuse(request, Problem.AMBIGUOUS_PATH);
        } else {
            Stamp stamp = new Stamp(request);
            Pages.protect(request.response());
            arrival.protect(request);
            context.addHeadersEndHandler(
                    end -> stamp.putIfMissing(request.response().headers()));
            context.next();
        }
    }

    /** The router itself gave up, mostly on a request that it cannot read. */
    private void fail(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (RequestPath.isAmbiguous(RequestPath.of(request.uri()))) {
            refuse(request, Problem.AMBIGUOUS_PATH);
        } else if (context.failure() == null || context.statusCode() == 400) {
            refuse(request, Problem.INVALID_REQUEST);
        } else {
            LOG.errorf(context.failure(), "%s %s", request.method(), request.uri());
            refuse(request, Problem.INTERNAL_ERROR);
        }
    }

    /** Sends it through the steps. */
    void pass(Exchange exchange) {
        try {
            exchange.proceed();
        } catch (RuntimeException e) {
            MDC.put("requestId", exchange.requestId());
            LOG.errorf(e, "%s %s", exchange.method(), exchange.path());
            MDC.remove("requestId");
            exchange.refuse(Problem.INTERNAL_ERROR);
        }
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        new Exchange(request, passage).refuse(problem);
    }
}
