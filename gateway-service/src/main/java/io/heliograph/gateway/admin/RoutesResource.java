package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.routing.Endpoint;
import io.heliograph.gateway.routing.ReloadFailure;
import io.heliograph.gateway.routing.RouteTable;
import io.heliograph.gateway.routing.Routes;
import io.heliograph.gateway.upstream.Instance;
import io.heliograph.gateway.upstream.Upstream;
import io.heliograph.gateway.upstream.Upstreams;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** Shows the routes in force, and the services behind them as they are now. */
@Singleton
final class RoutesResource implements AdminResource {

    private final Routes routes;
    private final Upstreams upstreams;

    RoutesResource(Routes routes, Upstreams upstreams) {
        this.routes = routes;
        this.upstreams = upstreams;
    }

    @Override
    public Endpoint endpoint() {
        return new Endpoint(HttpMethod.GET, "/api/ops/routes");
    }

    @Override
    public void handle(Exchange exchange) {
        RouteTable table = routes.table();
        JsonArray described = new JsonArray();
        table.routes().forEach(route -> described.add(RouteDescription.of(route)));
        JsonArray services = new JsonArray();
        upstreams.all().forEach(upstream -> services.add(describe(upstream)));
        JsonObject body = new JsonObject()
                .put("since", table.since())
                .put("reloadFailure", describe(routes.reloadFailure()))
                .put("routes", described)
                .put("upstreams", services);
        exchange.respond(200, "application/json", body.toBuffer());
    }

    private static JsonObject describe(Upstream upstream) {
        JsonArray instances = new JsonArray();
        upstream.instances().forEach(instance -> instances.add(describe(instance)));
        return new JsonObject().put("name", upstream.name()).put("instances", instances);
    }

    private static JsonObject describe(Instance instance) {
        return new JsonObject()
                .put("address", instance.toString())
                .put("breaker", instance.breakerState(System.nanoTime()))
                .put("inUse", instance.inUse());
    }

    private static JsonObject describe(ReloadFailure failure) {
        return failure == null ? null : new JsonObject().put("at", failure.at()).put("reason", failure.reason());
    }
}
