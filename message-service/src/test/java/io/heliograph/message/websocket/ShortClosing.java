package io.heliograph.message.websocket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Gives clients of the service under test one second to answer a close frame, in place of ten. A client that answers
 * later loses nothing: the close frame has been sent by then.
 */
@Singleton
final class ShortClosing implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setWebSocketClosingTimeout(1);
    }
}
