package io.heliograph.gateway;

import io.heliograph.gateway.pipeline.Drain;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain;
import io.heliograph.gateway.pipeline.Pages;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.ResponseMetadata;
import io.heliograph.gateway.routing.AllowedMethods;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.security.CorsPolicy;
import io.heliograph.gateway.security.HstsFilter;
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
 * The entry of all requests. A request to a route passes the {@link RequestPipeline}; others are for web pages.
 */
@Singleton
final class GatewayHandler {

    private static final Logger LOG = Logger.getLogger(GatewayHandler.class);

    /** Before all handlers of Quarkus except its access log. */
    private static final int FIRST = Integer.MIN_VALUE + 10;

    private static final int LAST = Integer.MAX_VALUE - 10;

    private final Routes routes;
    private final FilterChain chain;
    private final HstsFilter hsts;
    private final Drain drain;
    private final CorsPolicy cors;

    GatewayHandler(Routes routes, FilterChain chain, HstsFilter hsts, Drain drain, CorsPolicy cors) {
        this.routes = routes;
        this.chain = chain;
        this.hsts = hsts;
        this.drain = drain;
        this.cors = cors;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::handle).failureHandler(this::fail);
        router.route().order(LAST).handler(context -> notFound(context.request()));
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        drain.sendGoAway(request);
        String path = RequestPath.of(request.uri());
        if (routes.table().covers(path)) {
            new Exchange(request, chain).proceed();
        } else if (RequestPath.isAmbiguous(path)) {
            reject(request, Problem.AMBIGUOUS_PATH);
        } else {
            ResponseMetadata metadata = new ResponseMetadata(request);
            Pages.protect(request.response());
            hsts.addTo(request);
            context.addHeadersEndHandler(end -> addPageHeaders(request, path, metadata));
            context.next();
        }
    }

    private static void addPageHeaders(HttpServerRequest request, String path, ResponseMetadata metadata) {
        HttpServerResponse response = request.response();
        metadata.addIfAbsent(response.headers());
        boolean headOfPage = HttpMethod.HEAD.equals(request.method())
                && response.getStatusCode() == 200
                && !response.headers().contains(HttpHeaders.CONTENT_TYPE);
        String type = headOfPage ? Pages.type(path) : null;
        if (type != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        }
    }

    private void notFound(HttpServerRequest request) {
        if (Pages.isHtmlAccepted(request)) {
            Exchange exchange = new Exchange(request, chain);
            Pages.protect(exchange::setHeader);
            exchange.rejectWithPage(Problem.NOT_FOUND, Pages.notFound());
        } else {
            reject(request, Problem.NOT_FOUND);
        }
    }

    /** Handles failures of the router, mostly requests that it cannot parse. */
    private void fail(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (HttpMethod.OPTIONS.equals(request.method()) && "*".equals(request.uri())) {
            // OPTIONS * lists the methods that the server supports (RFC 9110, 9.3.7).
            Exchange exchange = new Exchange(request, chain);
            exchange.setHeader(HttpHeaders.ALLOW.toString(), AllowedMethods.ALL.toString());
            exchange.respondNoContent();
        } else if (RequestPath.isAmbiguous(RequestPath.of(request.uri()))) {
            reject(request, Problem.AMBIGUOUS_PATH);
        } else if (context.failure() == null || context.statusCode() == 400) {
            reject(request, Problem.INVALID_REQUEST);
        } else {
            LOG.errorf(context.failure(), "%s %s", request.method(), request.uri());
            reject(request, Problem.INTERNAL_ERROR);
        }
    }

    private void reject(HttpServerRequest request, Problem problem) {
        Exchange exchange = new Exchange(request, chain);
        cors.addHeaders(exchange);
        exchange.reject(problem);
    }
}
