package io.heliograph.gateway.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which service serves which resource, and to whom. */
@ConfigMapping(prefix = "heliograph.gateway")
public interface RouteConfig {

    Map<String, UpstreamConfig> upstreams();

    /** By name, which is the resource, the first segment after {@code /api/}, unless the route has a path. */
    Map<String, ResourceConfig> routes();

    interface UpstreamConfig {

        /** One address per instance, such as {@code http://localhost:8082}. */
        List<URI> urls();
    }

    interface ResourceConfig {

        /** The name of one of the upstreams. */
        String upstream();

        /** The one path of a route that is not under {@code /api}. */
        Optional<String> path();

        @WithDefault("required")
        Access access();

        /** Calls that need no token, each as {@code POST /api/auth/login}. */
        Optional<List<String>> publicCalls();
    }
}
