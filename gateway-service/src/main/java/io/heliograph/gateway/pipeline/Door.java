package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.security.CorsPolicy;
import io.heliograph.gateway.drain.Drain;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Passage;
import io.heliograph.gateway.exchange.Stamp;
import io.heliograph.gateway.page.Pages;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Methods;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

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
    private final CorsPolicy cors;

    Door(Routes routes, Passage passage, Arrival arrival, Drain drain, CorsPolicy cors) {
        this.routes = routes;
        this.passage = passage;
        this.arrival = arrival;
        this.drain = drain;
        this.cors = cors;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::enter).failureHandler(this::fail);
        router.route().order(LAST).handler(context -> notFound(context.request()));
    }

    private void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        drain.part(request);
        String path = RequestPath.of(request.uri());
        if (routes.table().covers(path)) {
            new Exchange(request, passage).proceed();
        } else if (RequestPath.isAmbiguous(path)) {
            refuse(request, Problem.AMBIGUOUS_PATH);
        } else {
            Stamp stamp = new Stamp(request);
            Pages.protect(request.response());
            arrival.protect(request);
            context.addHeadersEndHandler(end -> complete(request, path, stamp));
            context.next();
        }
    }

    private static void complete(HttpServerRequest request, String path, Stamp stamp) {
        HttpServerResponse response = request.response();
        stamp.putIfMissing(response.headers());
        boolean headOfPage = HttpMethod.HEAD.equals(request.method())
                && response.getStatusCode() == 200
                && !response.headers().contains(HttpHeaders.CONTENT_TYPE);
        String type = headOfPage ? Pages.type(path) : null;
        if (type != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        }
    }

    private void notFound(HttpServerRequest request) {
        if (Pages.isAsked(request)) {
            Exchange exchange = new Exchange(request, passage);
            Pages.protect(exchange::add);
            exchange.refuseByPage(Problem.NOT_FOUND, Pages.notFound());
        } else {
            refuse(request, Problem.NOT_FOUND);
        }
    }

    /** The router itself gave up, mostly on a request that it cannot read. */
    private void fail(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (HttpMethod.OPTIONS.equals(request.method()) && "*".equals(request.uri())) {
            // What there is of methods at all (RFC 9110, 9.3.7); which of them a resource has, it says itself.
            Exchange exchange = new Exchange(request, passage);
            exchange.add(HttpHeaders.ALLOW.toString(), Methods.ALL.toString());
            exchange.answerNothing();
        } else if (RequestPath.isAmbiguous(RequestPath.of(request.uri()))) {
            refuse(request, Problem.AMBIGUOUS_PATH);
        } else if (context.failure() == null || context.statusCode() == 400) {
            refuse(request, Problem.INVALID_REQUEST);
        } else {
            LOG.errorf(context.failure(), "%s %s", request.method(), request.uri());
            refuse(request, Problem.INTERNAL_ERROR);
        }
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        Exchange exchange = new Exchange(request, passage);
        cors.describe(exchange);
        exchange.refuse(problem);
    }
}
