package io.heliograph.rest.limit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.http.Utf8;
import io.heliograph.rest.problem.ProblemException;
import io.quarkus.resteasy.reactive.jackson.runtime.serialisers.ServerJacksonMessageBodyReader;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * The reader of JSON bodies: reads at most one byte more than the limit, with or without a Content-Length, and rejects
 * what is over it or not UTF-8. It is no ReaderInterceptor, since with a ReaderInterceptor the annotations of the method are looked up by reflection
 * at each request, which costs more than to read it.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
final class BoundedJsonReader extends ServerJacksonMessageBodyReader {

    private final BoundedBody bodies;

    BoundedJsonReader(Instance<ObjectMapper> json, BoundedBody bodies) {
        super(json);
        this.bodies = bodies;
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        byte[] body = bodies.read(context);
        if (!Utf8.mayBeJson(body)) {
            throw ProblemException.invalidJson();
        }
        return readFrom(type, genericType, null, mediaType, null, new ByteArrayInputStream(body));
    }
}
