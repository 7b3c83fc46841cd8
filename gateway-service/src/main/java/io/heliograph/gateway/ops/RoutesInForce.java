package io.heliograph.gateway.ops;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.route.Call;
import io.heliograph.gateway.route.Route;
import io.heliograph.gateway.route.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** Shows the configuration in force. */
@Singleton
final class RoutesInForce implements Operation {

    private final Routes routes;

    RoutesInForce(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Call call() {
        return new Call(HttpMethod.GET, "/api/ops/routes");
    }

    @Override
    public void run(Exchange exchange) {
        JsonArray described = new JsonArray();
        routes.table().routes().forEach(route -> described.add(describe(route)));
        exchange.answer(
                200,
                "application/json",
                new JsonObject().put("routes", described).toBuffer());
    }

    private static JsonObject describe(Route route) {
        return new JsonObject()
                .put("name", route.name())
                .put("path", route.path())
                .put("methods", route.methods().toString());
    }
}
