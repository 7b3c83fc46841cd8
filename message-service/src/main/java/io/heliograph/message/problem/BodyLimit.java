package io.heliograph.message.problem;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads at most one byte more than the limit, with or without a Content-Length, and refuses as everything else does. */
@Provider
final class BodyLimit implements ReaderInterceptor {

    private final int limit;

    BodyLimit(@ConfigProperty(name = "heliograph.http.max-body-size") MemorySize limit) {
        this.limit = Math.toIntExact(limit.asLongValue());
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        byte[] body = context.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw Refusal.of(
                    Status.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The body is over " + limit + " bytes.");
        }
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }
}
