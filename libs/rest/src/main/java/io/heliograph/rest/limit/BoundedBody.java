package io.heliograph.rest.limit;

import io.heliograph.rest.problem.ProblemException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads the body of a request up to the limit of its path. */
@Singleton
public class BoundedBody {

    /** A client that first sends all, then listens, gets this long to come to the answer; then the connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final BodyLimitConfig config;
    private final CurrentVertxRequest current;

    BoundedBody(BodyLimitConfig config, CurrentVertxRequest current) {
        this.config = config;
        this.current = current;
    }

    /**
     * Reads at most one byte more than the limit, with or without a Content-Length. Fails with {@code body_too_large}.
     */
    public byte[] read(ServerRequestContext context) throws IOException {
        int limit = limit(current.getCurrent().normalizedPath());
        byte[] body = context.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            discardTheRest(current.getCurrent());
            throw ProblemException.of(
                    Status.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is over " + limit + " bytes.");
        }
        return body;
    }

    private int limit(String path) {
        MemorySize limit = config.maxBodySizes().getOrDefault(path, config.maxBodySize());
        return Math.toIntExact(limit.asLongValue());
    }

    private static void discardTheRest(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        routing.addEndHandler(answered -> {
            if (!request.isEnded()) {
                request.handler(discarded -> {});
                request.resume();
                routing.vertx().setTimer(LINGER.toMillis(), late -> {
                    if (!request.isEnded()) {
                        request.connection().close();
                    }
                });
            }
        });
    }
}
