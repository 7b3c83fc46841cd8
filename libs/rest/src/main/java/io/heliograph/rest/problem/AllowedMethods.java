package io.heliograph.rest.problem;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * The methods of the requested path: RFC 9110 requires them on a 405, and Quarkus leaves them out. It also reports a
 * path as unknown where the paths of two resources begin alike.
 */
final class AllowedMethods {

    private AllowedMethods() {}

    /** In alphabetical order; none if there is nothing at the address. */
    static Set<String> ofThisRequest() {
        return of(CurrentRequestManager.get());
    }

    /** Whether there is something at the address, but not for the method that was used. */
    static boolean lackThisRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Set<String> allowed = of(request);
        String method = request.getMethod();
        return !allowed.isEmpty() && !allowed.contains(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
    }

    private static Set<String> of(ResteasyReactiveRequestContext request) {
        String path = request.getPathWithoutPrefix();
        Set<String> methods = new TreeSet<>();
        RequestMapper<InitialMatch> resources =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        RequestMatch<InitialMatch> resource = resources.map(path);
        while (resource != null) {
            collect(resource, methods);
            resource = resources.continueMatching(path, resource);
        }
        return methods;
    }

    private static void collect(RequestMatch<InitialMatch> resource, Set<String> methods) {
        String rest = resource.remaining.isEmpty() ? "/" : resource.remaining;
        for (ServerRestHandler handler : resource.value.handlers) {
            if (handler instanceof ClassRoutingHandler routing) {
                routing.getMappers().forEach((method, paths) -> {
                    if (method != null && paths.map(rest) != null) {
                        methods.add(method);
                    }
                });
            }
        }
    }
}
