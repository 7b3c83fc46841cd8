package io.heliograph.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An endpoint of webhooks that keeps what is posted to it, in the order of arrival, and responds as configured. */
public final class WebhookEndpoint implements AutoCloseable {

    /** How a request is answered. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** A request that was taken with a status below 300, or not. */
    public record Request(String body, Map<String, List<String>> headers) {

        public JsonNode json() {
            return Json.parse(body);
        }

        /** In the form that the library of Standard Webhooks takes. */
        public HttpHeaders httpHeaders() {
            return HttpHeaders.of(headers, (name, value) -> true);
        }

        public String header(String name) {
            return httpHeaders().firstValue(name).orElse(null);
        }

        /** The event, or all those of a batch. */
        public List<JsonNode> events() {
            JsonNode json = json();
            List<JsonNode> events = new ArrayList<>();
            if (json.isArray()) {
                json.forEach(events::add);
            } else {
                events.add(json);
            }
            return events;
        }
    }

    private static final byte[] CHUNK = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer answer = status(204);

    public WebhookEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    public static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /** Sends a good status, and then sends without end. */
    public static Answer endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (true) {
                body.write(CHUNK);
            }
        };
    }

    /** Reads the request and never answers. */
    public Answer hang() {
        return exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public void answers(Answer answer) {
        this.answer = answer;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Of all requests, in the order in which they came. */
    public List<JsonNode> events() {
        return requests.stream().flatMap(request -> request.events().stream()).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        requests.add(new Request(body, headers));
        try {
            answer.to(exchange);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
