package io.heliograph.rest.limit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.http.Utf8;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.resteasy.reactive.jackson.runtime.serialisers.ServerJacksonMessageBodyReader;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * The reader of JSON bodies: reads at most one byte more than the limit, with or without a Content-Length, and rejects
 * what is over it or not UTF-8. It is no ReaderInterceptor, since with a ReaderInterceptor the annotations of the method are looked up by reflection
 * at each request, which costs more than to read it.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
final class BoundedJsonReader extends ServerJacksonMessageBodyReader {

    /** A client that first sends all, then listens, gets this long to come to the answer; then the connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final BodyLimitConfig config;
    private final CurrentVertxRequest current;

    BoundedJsonReader(Instance<ObjectMapper> json, BodyLimitConfig config, CurrentVertxRequest current) {
        super(json);
        this.config = config;
        this.current = current;
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        int limit = limit(current.getCurrent().normalizedPath());
        byte[] body = context.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            discardTheRest(current.getCurrent());
            throw ProblemException.of(
                    Status.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is over " + limit + " bytes.");
        }
        if (!Utf8.mayBeJson(body)) {
            throw ProblemException.invalidJson();
        }
        return readFrom(type, genericType, null, mediaType, null, new ByteArrayInputStream(body));
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
