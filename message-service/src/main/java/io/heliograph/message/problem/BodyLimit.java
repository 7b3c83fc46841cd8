package io.heliograph.message.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads at most one byte more than the limit, with or without a Content-Length, and refuses as everything else does. It
 * is the reader of JSON itself, since with a ReaderInterceptor the annotations of the method are looked up by reflection
 * at each request, which costs more than to read it.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
final class BodyLimit extends ServerJacksonMessageBodyReader {

    /** A client that first sends all, then listens, gets this long to come to the answer; then the connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final int limit;
    private final CurrentVertxRequest current;

    BodyLimit(
            Instance<ObjectMapper> json,
            @ConfigProperty(name = "heliograph.http.max-body-size") MemorySize limit,
            CurrentVertxRequest current) {
        super(json);
        this.limit = Math.toIntExact(limit.asLongValue());
        this.current = current;
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        byte[] body = context.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            discardTheRest(current.getCurrent());
            throw Refusal.of(
                    Status.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is over " + limit + " bytes.");
        }
        if (!Utf8.mayBeJson(body)) {
            throw InvalidInput.notJson();
        }
        return readFrom(type, genericType, null, mediaType, null, new ByteArrayInputStream(body));
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
