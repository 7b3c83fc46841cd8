package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.operations.SamplePublisher;
import io.heliograph.testsupport.LiveWatcher;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operations stream of one gateway; the tests publish the samples of other replicas. */
@QuarkusTest
class LiveTest extends GatewayTest {

    private static final String GATEWAY = "gateway-service";

    @Inject
    RedisDataSource data;

    @Inject
    SamplePublisher own;

    /** Set by the test resource. */
    RedisServer redis;

    private final UUID operator = UUID.randomUUID();

    @AfterEach
    void startWhatWasStopped() {
        redis.start();
        await().until(() -> own.latest() == null);
    }

    @Test
    void shouldShowItsOwnSamplesToAWatcher() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            JsonNode sample = watcher.await("sample", each -> LiveWatcher.has(each, "services", GATEWAY));

            JsonNode figures = sample.get("services").get(0);
            assertFalse(sample.get("partial").asBoolean());
            assertTrue(figures.get("memoryBytes").asLong(-1) > 0, figures.toString());
            for (String figure : List.of("cpu", "requestsPerSecond", "errorsPerSecond", "p50Ms", "p95Ms", "p99Ms")) {
                assertTrue(figures.get(figure).asDouble(-1) >= 0, figure);
            }
            for (String figure : List.of("inFlight", "connections", "poolInUse", "poolWaiting")) {
                assertTrue(figures.get(figure).asLong(-1) >= 0, figure);
            }
            assertTrue(Instant.parse(sample.get("time").asText()).isBefore(Instant.now()));
            assertEquals(0, sample.get("alerts").size());
            assertFalse(sample.has("tasks"));
        }
    }

    @Test
    void shouldAcceptATokenInTheFirstFrame() {
        try (LiveWatcher watcher = LiveWatcher.withoutToken(address())) {
            watcher.send(Map.of("type", "connect", "id", 7, "token", admin()));

            assertEquals(7, watcher.await("welcome").get("id").asInt());
            watcher.await("sample");
        }
    }

    @Test
    void shouldCloseASocketWithAnInvalidToken() {
        try (LiveWatcher outsider = LiveWatcher.withoutToken(address())) {
            outsider.send("{\"type\":\"connect\",\"token\":\"x\"}");

            assertEquals(4501, outsider.awaitClose());
        }
        try (LiveWatcher ada = LiveWatcher.withoutToken(address())) {
            ada.send(Map.of("type", "connect", "token", issuer.token(ADA, "ada")));

            assertEquals(4502, ada.awaitClose());
            assertEquals(0, ada.frames("sample").count());
        }
    }

    @Test
    void shouldRejectUnauthorizedWatchersBeforeTheStreamBegins() throws IOException {
        assertEquals(403, get("/api/live", "Accept: text/event-stream\r\n").status());
        assertEquals(403, exchange(upgrade("/api/live")).status());
        Answer outsider = exchange("GET /api/live HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
        assertEquals(401, outsider.status());
        assertEquals("not_acceptable", code(exchange(events("/api/live", "*/*"))));
        assertEquals("invalid_request", code(exchange(events("/api/live?intervalMs=499", "text/event-stream"))));
    }

    @Test
    void shouldRespondToInvalidFramesAndContinue() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            watcher.send("{").await("error", error -> "invalid_json"
                    .equals(error.path("code").asText()));
            watcher.send("{\"type\":\"dance\",\"id\":\"a\"}")
                    .await(
                            "error",
                            error -> "a".equals(error.path("id").asText())
                                    && "unknown_type".equals(error.path("code").asText()));
            watcher.send("{\"type\":\"subscribe\",\"id\":\"b\",\"intervalMs\":60001}")
                    .await("error", error -> "b".equals(error.path("id").asText()));
            watcher.send("{\"type\":\"subscribe\",\"id\":\"c\",\"topics\":[\"gossip\"]}")
                    .await("error", error -> "c".equals(error.path("id").asText()));

            watcher.send("{\"type\":\"ping\",\"id\":1}")
                    .await("pong", pong -> pong.get("id").asInt() == 1);
            assertTrue(watcher.isOpen());
        }
    }

    @Test
    void shouldCloseASocketThatSendsInvalidFrames() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            for (int i = 0; i < 51; i++) {
                watcher.send("{");
            }

            assertEquals(4500, watcher.awaitClose());
        }
    }

    @Test
    void shouldSendTheTopicsThatAWatcherSubscribesTo() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin(), "?topics=alerts")) {
            assertFalse(watcher.await("sample").has("services"));

            watcher.send("{\"type\":\"subscribe\",\"topics\":[\"services\",\"tasks\"],\"intervalMs\":500}");

            watcher.await("subscribed");
            JsonNode sample = watcher.awaitSample(each -> each.has("tasks"));
            assertTrue(sample.has("services"));
            assertFalse(sample.has("alerts"));
        }
    }

    @Test
    void shouldShowOtherReplicasAndReportMissingOnes() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            await().until(() -> {
                publish(sample("message-service", "m:1"));
                return watcher.frames("sample").anyMatch(each -> LiveWatcher.has(each, "services", "message-service"));
            });

            JsonNode sample = watcher.awaitSample(each -> LiveWatcher.has(each, "missing", "message-service")
                    && has(each, "pendingAlerts", "HeliographTargetDown"));

            assertFalse(LiveWatcher.has(sample, "services", "message-service"));
            assertTrue(LiveWatcher.has(sample, "services", GATEWAY));
            // Of its 2 minutes there have been some seconds.
            assertFalse(has(sample, "alerts", "HeliographTargetDown"));
        }
    }

    @Test
    void shouldNotReportADrainedReplicaAsMissing() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            await().until(() -> {
                publish(sample("message-service", "m:2").put("draining", true));
                return watcher.frames("sample").anyMatch(each -> LiveWatcher.has(each, "services", "message-service"));
            });

            JsonNode sample = watcher.awaitSample(each -> !LiveWatcher.has(each, "services", "message-service"));

            assertFalse(LiveWatcher.has(sample, "missing", "message-service"));
        }
    }

    @Test
    void shouldDropInvalidSamples() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            await().until(() -> {
                publish("{", "[]", "{\"name\":1}", "x".repeat(70_000));
                publish(sample("user-service", "u:1").put("cpu", "much").put("password", "secret"));
                return watcher.frames("sample").anyMatch(each -> LiveWatcher.has(each, "services", "user-service"));
            });

            assertFalse(watcher.frames().toString().contains("secret"));
            assertTrue(watcher.isOpen());
        }
    }

    @Test
    void shouldSendTheHistoryToALaterWatcher() {
        try (LiveWatcher first = LiveWatcher.of(address(), admin())) {
            await().until(() -> first.frames("sample")
                            .filter(each -> LiveWatcher.has(each, "services", GATEWAY))
                            .count()
                    >= 3);
            Instant before = Instant.now();

            try (LiveWatcher second = LiveWatcher.of(address(), admin())) {
                JsonNode history = second.await("history").get("samples");

                assertTrue(history.size() >= 2, history.toString());
                JsonNode oldest = history.get(0);
                assertTrue(Instant.parse(oldest.get("time").asText()).isBefore(before));
                assertTrue(LiveWatcher.has(oldest, "services", GATEWAY));
            }
        }
    }

    @Test
    void shouldSampleOnlyWithWatchers() {
        List<String> leases = new CopyOnWriteArrayList<>();
        PubSubCommands.RedisSubscriber listening =
                data.pubsub(String.class).subscribe(OperationsChannels.WATCHERS, leases::add);
        assertNull(own.latest());
        try (LiveWatcher one = LiveWatcher.of(address(), admin());
                LiveWatcher other = LiveWatcher.of(address(), admin())) {
            one.await("sample", each -> LiveWatcher.has(each, "services", GATEWAY));

            one.close();

            other.awaitSample(each -> LiveWatcher.has(each, "services", GATEWAY));
            assertTrue(leases.stream().noneMatch(lease -> lease.startsWith("0 ")), leases.toString());
        }
        await().until(() -> leases.stream().anyMatch(lease -> lease.startsWith("0 ")));
        await().until(() -> own.latest() == null);
        listening.unsubscribe(OperationsChannels.WATCHERS);
    }

    @Test
    void shouldShowItsOwnSamplesWhileRedisIsUnavailable() {
        try (LiveWatcher watcher = LiveWatcher.of(address(), admin())) {
            watcher.await("sample", each -> LiveWatcher.has(each, "services", GATEWAY));

            redis.kill();

            JsonNode partial = watcher.awaitSample(each -> each.get("partial").asBoolean());
            assertTrue(LiveWatcher.has(partial, "services", GATEWAY), partial.toString());
            assertEquals(0, partial.get("missing").size());

            redis.start();

            watcher.awaitSample(each -> !each.get("partial").asBoolean() && LiveWatcher.has(each, "services", GATEWAY));
        }
    }

    @Test
    void shouldEndTheStreamOfARevokedSession() throws IOException {
        String session = operator + "-s";
        String token = issuer.token(operator, "operator", claims -> {
            claims.setStringListClaim("groups", "admin");
            claims.setStringClaim("sid", session);
        });
        try (LiveWatcher watcher = LiveWatcher.of(address(), token);
                RawClient events = connect()) {
            watcher.await("sample");
            events.send(events("/api/live", "text/event-stream", token)).readHead();

            data.sortedSet(String.class)
                    .zadd("heliograph:revocations", System.currentTimeMillis(), "session:" + session);

            assertEquals(4503, watcher.awaitClose());
            await().until(() -> events.readChunk().contains("\"code\":\"revoked\""));
        }
    }

    @Test
    void shouldEndTheStreamWhenTheTokenExpires() {
        String token = issuer.token(operator, "operator", claims -> {
            claims.setStringListClaim("groups", "admin");
            claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + 3));
        });
        try (LiveWatcher watcher = LiveWatcher.of(address(), token)) {
            assertEquals(4001, watcher.awaitClose());
        }
    }

    @Test
    void shouldStreamServerSentEvents() throws IOException {
        try (RawClient events = connect()) {
            Answer head = events.send(events("/api/live?topics=services&intervalMs=500", "text/event-stream"))
                    .readHead();

            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.header("Content-Type"));
            assertEquals("no-store", head.header("Cache-Control"));
            await().until(() -> {
                String event = events.readChunk();
                return event.startsWith("data: {\"type\":\"sample\"") && event.contains("\"name\":\"gateway-service\"");
            });
        }
        // The client has disconnected, and it was the last watcher.
        await().until(() -> own.latest() == null);
    }

    private static boolean has(JsonNode sample, String list, String alert) {
        return LiveWatcher.has(sample, list, alert);
    }

    private String events(String uri, String accept) {
        return events(uri, accept, admin());
    }

    private static String events(String uri, String accept, String token) {
        return "GET " + uri + " HTTP/1.1\r\nHost: h\r\nAccept: " + accept + "\r\nAuthorization: Bearer " + token
                + "\r\n\r\n";
    }

    private void publish(JsonObject sample) {
        publish(sample.encode());
    }

    private void publish(String... messages) {
        for (String message : messages) {
            data.pubsub(String.class).publish(OperationsChannels.SAMPLES, message);
        }
    }

    private static JsonObject sample(String name, String replica) {
        return new JsonObject().put("name", name).put("replica", replica).put("cpu", 0.25);
    }

    private URI address() {
        return URI.create("http://localhost:" + gateway.getPort());
    }

    private String admin() {
        return issuer.token(operator, "operator", claims -> claims.setStringListClaim("groups", "user", "admin"));
    }
}
