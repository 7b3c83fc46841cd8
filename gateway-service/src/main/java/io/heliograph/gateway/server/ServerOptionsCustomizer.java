package io.heliograph.gateway.server;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Disables the WebSocket extensions of Vert.x: client and service negotiate them, and Vert.x would inspect each request
 * and response.
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
