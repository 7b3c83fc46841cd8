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
 * Reads JSON bodies within their limit ({@link BoundedBody}), and rejects what is not UTF-8. It is no ReaderInterceptor:
 * for one, Quarkus looks up the annotations of the method by reflection at each request, which costs more than the reading.
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
