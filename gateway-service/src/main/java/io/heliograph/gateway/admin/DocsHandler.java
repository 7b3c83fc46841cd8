package io.heliograph.gateway.admin;

import io.heliograph.gateway.compression.ReusableBody;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.LocalRouteFilter.LocalRouteHandler;
import io.heliograph.gateway.pipeline.Pages;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;

/** Serves the description of the API: a page, OpenAPI, and AsyncAPI for the WebSocket protocol. */
@Singleton
final class DocsHandler implements LocalRouteHandler {

    private static final String PATH = "/api/docs";

    /** Swagger UI has images as data URLs in its style sheet, and sets inline styles. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ApiDescription description;
    private final Buffer page = ApiDescription.readResource("docs/index.html");
    private final ReusableBody protocol = new ReusableBody(ApiDescription.readResource("docs/asyncapi.yaml"));

    DocsHandler(ApiDescription description) {
        this.description = description;
    }

    @Override
    public LocalFeature feature() {
        return LocalFeature.DOCS;
    }

    @Override
    public void handle(Exchange exchange) {
        switch (exchange.path()) {
            case PATH, PATH + "/" -> page(exchange);
            case PATH + "/openapi.json" -> openApi(exchange);
            case PATH + "/asyncapi.yaml" -> send(exchange, "application/yaml", protocol);
            default -> exchange.reject(Problem.NOT_FOUND);
        }
    }

    private void page(Exchange exchange) {
        Pages.protect(exchange.response());
        exchange.response().headers().set("Content-Security-Policy", POLICY);
        exchange.respond(200, "text/html;charset=UTF-8", page);
    }

    private void openApi(Exchange exchange) {
        description
                .json()
                .onSuccess(json -> send(exchange, "application/json", json))
                .onFailure(failure -> reject(exchange, failure));
    }

    private static void reject(Exchange exchange, Throwable failure) {
        if (failure instanceof ApiDescription.IncompleteException) {
            exchange.reject(Problem.UPSTREAM_UNAVAILABLE, "A service has not described itself yet.");
        } else {
            exchange.reject(Problem.INTERNAL_ERROR);
        }
    }

    private static void send(Exchange exchange, String type, ReusableBody body) {
        exchange.setHeader("Cache-Control", "no-cache");
        exchange.respond(200, type, body);
    }
}
