package io.heliograph.message.websocket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Serves the description of {@code heliograph.v1}, beside that of the HTTP calls. */
@Singleton
final class ProtocolDocument {

    static final String PATH = "/q/asyncapi";
    static final String MEDIA_TYPE = "application/vnd.aai.asyncapi+yaml;version=3.0.0";
    private static final String RESOURCE = "/asyncapi.yaml";

    void register(@Observes Router router) {
        Buffer document = Buffer.buffer(read());
        router.route(HttpMethod.GET, PATH).handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(document));
    }

    private static byte[] read() {
        try (InputStream document =
                Objects.requireNonNull(ProtocolDocument.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
