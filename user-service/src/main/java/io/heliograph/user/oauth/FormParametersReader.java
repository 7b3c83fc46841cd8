package io.heliograph.user.oauth;

import io.heliograph.rest.limit.BoundedBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads forms with the limit of request bodies, which the form parser of Quarkus does not apply. */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
final class FormParametersReader implements ServerMessageBodyReader<FormParameters> {

    private final BoundedBody bodies;

    FormParametersReader(BoundedBody bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type == FormParameters.class;
    }

    @Override
    public FormParameters readFrom(
            Class<FormParameters> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws WebApplicationException, IOException {
        return FormParameters.parse(bodies.read(context));
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == FormParameters.class;
    }

    /** For clients only; this service has none. */
    @Override
    public FormParameters readFrom(
            Class<FormParameters> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException, WebApplicationException {
        return FormParameters.parse(body.readAllBytes());
    }
}
