package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RoutesResourceTest extends GatewayTest {

    private static final String ADDED = """
            heliograph.gateway.routes.added.upstream=users
            heliograph.gateway.routes.added.rewrite=/inner/places
            heliograph.gateway.routes.added.methods=GET,DELETE
            heliograph.gateway.routes.added.max-body=4
            """;

    /** A WebSocket's text "hi", but for its first byte's highest bit, which UTF-8 would make two bytes of. */
    private static final String FRAME = "\u0001\u0002hi";

    Path file;

    @AfterEach
    void restore() throws IOException {
        change("");
        await().until(() -> get("/api/added/x").status() == 404);
    }

    @Test
    void shouldApplyARouteAtRunTime() throws IOException {
        assertEquals(404, get("/api/added/x").status());

        change(ADDED);

        await().until(() -> get("/api/added/x").status() == 200);
        assertEquals("/inner/places/x?y=/api/added", uri(get("/api/added/x?y=/api/added")));
        assertEquals("/inner/places", uri(get("/api/added")));
        assertEquals(
                413,
                exchange(request("DELETE", "/api/added/x", "Content-Length: 5\r\n") + "large")
                        .status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST    | /api/added/x    | GET, HEAD, DELETE
            OPTIONS | /api/added      | GET, HEAD, DELETE
            POST    | /api/ws         | GET, HEAD
            GET     | /api/batch      | POST
            """)
    void shouldListTheMethodsOfARoute(String method, String path, String allow) throws IOException {
        change(ADDED);
        await().until(() -> get("/api/added/x").status() == 200);

        Answer answer = exchange(request(method, path));

        assertEquals(405, answer.status());
        assertEquals(allow, answer.header("Allow"));
        assertEquals("method_not_allowed", code(answer));
    }

    @Test
    void shouldAllowHeadWithGet() throws IOException {
        change(ADDED);
        await().until(() -> get("/api/added/x").status() == 200);

        try (RawClient client = connect()) {
            assertEquals(
                    200, client.send(request("HEAD", "/api/added/x")).readHead().status());
        }
    }

    @Test
    void shouldRejectAnInvalidChangeWithTheReason() throws IOException {
        double before = reloads("rejected");

        change(ADDED.replace("=users", "=nobody"));

        await().until(() -> reloads("rejected") == before + 1);
        assertEquals(404, get("/api/added/x").status());
        assertEquals(
                "heliograph.gateway.routes.added.upstream: there is no upstream \"nobody\"",
                inForce().getJsonObject("reloadFailure").getString("reason"));
    }

    @Test
    void shouldNotAffectRequestsAndWebSocketsByAChange() throws IOException {
        change(ADDED);
        await().until(() -> get("/api/added/x").status() == 200);
        try (RawClient slow = connect();
                RawClient socket = connect()) {
            assertEquals(
                    200,
                    slow.send(request("GET", "/api/added/trickle")).readHead().status());
            assertEquals(
                    101, socket.send(upgrade("/api/jobs/tunnel")).readHead().status());

            change("""
                    heliograph.gateway.upstreams.users.urls=http://localhost:1
                    heliograph.gateway.upstreams.bad.urls=http://localhost:1
                    """);
            await().until(() -> get("/api/added/x").status() == 404);

            assertEquals(502, get("/api/users/x").status());
            // More than had been sent before the change.
            for (int i = 0; i < 10; i++) {
                assertEquals("data: tick\n\n", slow.readChunk());
            }
            bad.tunnel().write(FRAME);
            assertEquals(FRAME, socket.readText(FRAME.length()));
        }
    }

    @Test
    void shouldApplyAChangeByALinkAsInKubernetes() throws IOException {
        Path folder = Files.createTempDirectory("heliograph-test");
        Path text = Files.writeString(folder.resolve("text"), ADDED);
        Path link = Files.createSymbolicLink(folder.resolve("link"), text);

        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        await().until(() -> get("/api/added/x").status() == 200);
        Files.delete(file);
        Files.writeString(file, "");
    }

    @Test
    void shouldShowTheCurrentRoutesToAdministrators() throws IOException {
        JsonObject body = inForce();

        assertNotNull(body.getInstant("since"));
        JsonObject staff = named(body, "routes", "staff");
        assertEquals("/api/staff", staff.getString("path"));
        assertEquals("users", staff.getString("upstream"));
        assertEquals("admin", staff.getString("role"));
        assertEquals(
                "[\"GET /api/staff/hours\"]", staff.getJsonArray("publicCalls").encode());
        assertEquals("PT1M", staff.getJsonObject("timeouts").getString("total"));
        assertEquals("batch", named(body, "routes", "batch").getString("local"));
        JsonObject login = named(body, "routes", "auth").getJsonArray("limits").getJsonObject(1);
        assertEquals("PT1M", login.getString("window"));
        assertEquals("address", login.getString("by"));
        JsonArray pair = named(body, "upstreams", "pair").getJsonArray("instances");
        assertEquals(2, pair.size());
        assertEquals("closed", pair.getJsonObject(1).getString("breaker"));
    }

    @Test
    void shouldRejectOtherCallers() throws IOException {
        assertEquals(403, get("/api/ops/routes").status());
        assertEquals(
                401, exchange("GET /api/ops/routes HTTP/1.1\r\nHost: h\r\n\r\n").status());
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/ops,404", "GET,/api/ops/nothing,404", "POST,/api/ops/routes,405"})
    void shouldRejectOtherOperations(String method, String path, int status) throws IOException {
        Answer answer = asAdministrator(method, path);

        assertEquals(status, answer.status());
        if (status == 405) {
            assertEquals(List.of("GET, HEAD"), answer.all("Allow"));
        }
    }

    private JsonObject inForce() throws IOException {
        Answer answer = asAdministrator("GET", "/api/ops/routes");
        assertEquals(200, answer.status());
        assertFalse(answer.body().contains(issuer.jwksUrl()));
        return new JsonObject(answer.body());
    }

    private Answer asAdministrator(String method, String path) throws IOException {
        String token = issuer.token(ADA, "ada", claims -> claims.setStringListClaim("groups", List.of("admin")));
        return exchange(method + " " + path + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private void change(String text) throws IOException {
        Files.writeString(file, text);
    }

    private double reloads(String result) throws IOException {
        String meter = "heliograph_gateway_config_reloads_total{result=\"" + result + "\",} ";
        String metrics = metrics();
        int at = metrics.indexOf(meter) + meter.length();
        return Double.parseDouble(metrics.substring(at, metrics.indexOf('\n', at)));
    }

    private static String uri(Answer answer) {
        return new JsonObject(answer.body()).getString("uri");
    }

    private static JsonObject named(JsonObject body, String list, String name) {
        return body.getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .filter(entry -> name.equals(entry.getString("name")))
                .findFirst()
                .orElseThrow();
    }
}
