package io.heliograph.message.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heliograph.testsupport.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The profile feed of user-service, with the changes that a test publishes; it may be unavailable. */
public final class ProfileFeedServer implements QuarkusTestResourceLifecycleManager {

    /** Changes in one page. */
    public static final int PAGE = 3;

    /** The interval of requests. */
    public static final Duration INTERVAL = Duration.ofMillis(100);

    /** The longest interval after failures. */
    public static final Duration LONGEST_DELAY = Duration.ofMillis(500);

    private static final String SECRET = "a secret of thirty-two characters";

    private final List<Map<String, Object>> changes = new ArrayList<>();
    private final Map<String, Map<String, Object>> addressed = new ConcurrentHashMap<>();
    private final List<Long> requestTimes = new CopyOnWriteArrayList<>();
    private volatile boolean unavailable;
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/internal/profiles", this::answer);
        server.createContext("/internal/profiles/by-address", this::answerByAddress);
        server.createContext("/api/users/me", exchange -> send(exchange, 200, "{\"email\":\"ada@example.org\"}"));
        server.createContext("/api/auth/sessions", exchange -> send(exchange, 200, "{\"items\":[]}"));
        // All other paths are unavailable.
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        return Map.of(
                "quarkus.rest-client.users.url",
                "http://localhost:" + server.getAddress().getPort(),
                "heliograph.feed.secret",
                SECRET,
                "heliograph.feed.interval",
                INTERVAL.toString(),
                "heliograph.feed.max-delay",
                LONGEST_DELAY.toString(),
                "heliograph.feed.page-size",
                Integer.toString(PAGE));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new MatchesType(ProfileFeedServer.class));
    }

    public void publish(UUID id, long version, String username, String displayName) {
        add(Map.of("id", id, "version", version, "username", username, "displayName", displayName, "deleted", false));
    }

    public void publishDeleted(UUID id, long version) {
        add(Map.of("id", id, "version", version, "deleted", true));
    }

    /** Adds an address, which is found only by itself. */
    public void addAddress(String address, UUID id, String username) {
        addressed.put(
                address,
                Map.of("address", address, "id", id, "version", 1, "username", username, "displayName", username));
    }

    /** Deletes all changes, as after a restore of the database. */
    public synchronized void reset() {
        changes.clear();
    }

    /** Whether requests fail. */
    public void unavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** The times of requests, by {@link System#nanoTime}. */
    public List<Long> requestTimes() {
        return requestTimes;
    }

    private synchronized void add(Map<String, Object> profile) {
        Map<String, Object> change = new LinkedHashMap<>(profile);
        change.put("change", changes.size() + 1);
        changes.add(change);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requestTimes.add(System.nanoTime());
        boolean known = ("Bearer " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        send(
                exchange,
                unavailable ? 503 : known ? 200 : 401,
                page(exchange.getRequestURI().getQuery()));
    }

    private void answerByAddress(HttpExchange exchange) throws IOException {
        boolean known = ("Bearer " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String query = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<Map<String, Object>> found = new ArrayList<>();
        for (JsonNode address : Json.parse(query).get("addresses")) {
            if (addressed.containsKey(address.asText())) {
                found.add(addressed.get(address.asText()));
            }
        }
        send(exchange, unavailable ? 503 : known ? 200 : 401, Json.write(Map.of("items", found)));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** The page for a query {@code after=…&limit=…}. */
    private synchronized String page(String query) {
        int after = Integer.parseInt(query.replaceAll(".*after=(\\d+).*", "$1"));
        int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
        int end = Math.min(changes.size(), after + limit);
        return Json.write(
                Map.of("items", changes.subList(Math.min(after, end), end), "next", after > changes.size() ? 0 : end));
    }
}
