package io.heliograph.benchmarks.gateway.stack;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that delays each response by the number of milliseconds in the query. Requests are processed concurrently.
 */
final class SlowService implements AutoCloseable {

    private static final byte[] ANSWER = "{\"username\":\"ada\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private SlowService(HttpServer server) {
        this.server = server;
    }

    static SlowService start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SlowService service = new SlowService(server);
            server.setExecutor(service.threads);
            server.createContext("/", exchange -> {
                Processes.pause(Integer.parseInt(exchange.getRequestURI().getQuery()));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, ANSWER.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(ANSWER);
                }
            });
            server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
