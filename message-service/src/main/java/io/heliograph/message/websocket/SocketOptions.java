package io.heliograph.message.websocket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Configures the bounds and the subprotocol at the HTTP server. No compression is negotiated: a frame that many
 * connections share cannot be compressed per connection, and without compression the decoder rejects the bits that are
 * reserved for extensions.
 */
@Singleton
final class SocketOptions implements HttpServerOptionsCustomizer {

    private final SocketConfig config;

    SocketOptions(SocketConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.addWebSocketSubProtocol(ChatWebSocket.PROTOCOL)
                .setMaxWebSocketFrameSize(config.maxFrameBytes())
                .setMaxWebSocketMessageSize(config.maxFrameBytes())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
