package io.heliograph.gateway.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds and timeouts of connections. */
@ConfigMapping(prefix = "heliograph.gateway.connection")
public interface ConnectionConfig {

    /**
     * Open connections of clients, WebSockets included; further ones are closed at once. Each takes some 20 KB. Must
     * exceed {@code websocket.max}.
     */
    @WithDefault("25000")
    int maxConnections();

    /**
     * The timeout from the first byte of a request to the end of its headers, and from the start of a connection, TLS
     * handshake included, to its first request. Long enough for slow networks, and short enough against clients that
     * send a byte now and then (slowloris).
     */
    @WithDefault("10S")
    Duration headerTimeout();

    /**
     * HTTP/1.1 messages (at least two for each request) that may be pipelined behind the current request; past the
     * bound the connection is closed. Browsers do not pipeline.
     */
    @WithDefault("1000")
    int maxPipelined();

    /**
     * Memory for finished responses to one address that its HTTP/2 connections have no flow-control window for. More
     * than the largest response that the gateway itself creates (a batch) and than hundreds of ordinary ones.
     */
    @WithDefault("8M")
    MemorySize maxUnsent();

    /**
     * The HTTP/2 flow-control window of a stream whose body is larger than 1 MiB, and of its connection, while the
     * service reads the body. At a round trip of 50 ms it permits 80 MB/s. Other streams have {@code
     * quarkus.http.initial-window-size}.
     */
    @WithDefault("4M")
    MemorySize uploadWindow();

    /**
     * Connections with such a window at a time, since each may hold a window of data in memory if the service stops
     * reading. Further uploads are slower.
     */
    @WithDefault("16")
    int maxUploadWindows();

    /**
     * How long a half-closed connection stays open without a write: a client that has shut down its output after a
     * complete request may still read the response, or may be gone.
     */
    @WithDefault("5S")
    Duration halfClosedTimeout();
}
