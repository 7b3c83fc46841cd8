package io.heliograph.gateway.route;

import io.heliograph.gateway.upstream.Connections;
import jakarta.inject.Singleton;

/** The routes in force. A request keeps the route that it was given, whatever comes into force later. */
@Singleton
public final class Routes {

    private volatile RouteTable table;

    public Routes(RouteConfig config, RequestConfig defaults, Connections connections) {
        this.table = new RouteReader(config, defaults, connections).read();
    }

    public RouteTable table() {
        return table;
    }
}
