package io.heliograph.message.problem;

import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** The methods of the address that is asked for: RFC 9110 wants them on a 405, and Quarkus leaves them out. */
final class AllowedMethods {

    private AllowedMethods() {}

    /** Between commas, in alphabetical order. */
    static String ofThisRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        String path = request.getPathWithoutPrefix();
        Set<String> methods = new TreeSet<>();
        RequestMapper<InitialMatch> resources =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        RequestMatch<InitialMatch> resource = resources.map(path);
        while (resource != null) {
            collect(resource, methods);
            resource = resources.continueMatching(path, resource);
        }
        return String.join(", ", methods);
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
