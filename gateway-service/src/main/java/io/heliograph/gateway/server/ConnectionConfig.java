package io.heliograph.gateway.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds and timeouts of connections. */
@ConfigMapping(prefix = "heliograph.gateway.connection")
public interface ConnectionConfig {

    /**
     * Open connections of clients, WebSockets included; one more is closed at once. Each costs some 20 KB. More than the
     * WebSockets that there may be.
     */
    @WithDefault("25000")
    int maxConnections();

    /**
     * From the first byte of a request to the end of its headers, and from the opening of a connection to its first
     * request, TLS included: some round trips of the worst network, and too little to hold thousands of connections
     * open by a byte now and then.
     */
    @WithDefault("10S")
    Duration headerTimeout();

    /**
     * Parts of requests, of which each has at least two, that may wait behind the one being answered. Browsers send
     * none ahead; who sends hundreds wants the memory, not the answers.
     */
    @WithDefault("1000")
    int maxPipelined();

    /**
     * What the finished answers to one address may hold in memory that its connections of HTTP/2 give no window for. More
     * than the largest answer that the gateway makes, which is a batch, and hundreds of ordinary ones.
     */
    @WithDefault("8M")
    MemorySize maxUnsent();

    /**
     * How long a client that has ended its side of a connection after a whole request is still answered: as far as the
     * gateway can see it may as well be gone, and then nobody needs the answer.
     */
    @WithDefault("5S")
    Duration halfClosedTimeout();
}
