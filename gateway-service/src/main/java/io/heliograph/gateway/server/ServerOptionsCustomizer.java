package io.heliograph.gateway.server;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Leaves out what Vert.x does about the extensions of WebSockets: they are agreed on between client and service, and
 * its part of it is asked about each request and answer.
 */
@Singleton
final class ServerOptionsCustomizer implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        disableWebSocketExtensions(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        disableWebSocketExtensions(options);
    }

    private static void disableWebSocketExtensions(HttpServerOptions options) {
        options.setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
    }
}
