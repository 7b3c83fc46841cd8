package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.cache.OtherGateway;
import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.localstack.store.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache that two gateways share over Redis, also while Redis hangs or is unavailable. */
@QuarkusTest
class SharedCacheTest extends GatewayTest {

    private final String id = UUID.randomUUID().toString();
    private final String uri = "/api/things/" + id;
    private final String key = "http://heliograph.example" + uri;

    RedisServer redis;
    private OtherGateway other;

    @BeforeEach
    void startOther() throws IOException {
        other = new OtherGateway(redis.serviceUrl());
        awaitSharing();
    }

    @AfterEach
    void stopOther() throws IOException, InterruptedException {
        signal("CONT");
        redis.start();
        other.close();
    }

    @Test
    void shouldShareStoredResponses() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Vary: X-Kind");

        anonymous("GET", uri, "X-Kind: a");
        anonymous("GET", uri, "X-Kind: b");

        await().until(() -> "answer 2".equals(other.find(key, "X-Kind", "b")));
        // Each time Redis has half a second, which a busy machine may need.
        await().until(() -> "answer 1".equals(other.find(key, "X-Kind", "a")));
        assertNull(other.find(key, "X-Kind", "c"));
        assertNull(other.find(key));
    }

    @Test
    void shouldUseResponsesStoredByAnotherGateway() throws IOException {
        other.put(key, "of the other");
        int before = scripted.requests().size();

        Answer shared = anonymous("GET", uri);

        assertEquals("of the other", shared.body());
        assertTrue(shared.header("Cache-Status").endsWith("detail=shared"), shared.header("Cache-Status"));
        assertTrue(anonymous("GET", uri).header("Cache-Status").matches("heliograph; hit; ttl=\\d+"));
        assertEquals(before, scripted.requests().size());
    }

    @Test
    void shouldBoundTheMemoryOfRedis() {
        for (int i = 0; i < 100; i++) {
            other.put(key + "/" + i, "x".repeat(1_000));
        }

        await().until(() -> {
            int there = 0;
            for (int i = 0; i < 100; i++) {
                there += other.find(key + "/" + i) == null ? 0 : 1;
            }
            return there > 5 && there < 20;
        });
    }

    @Test
    void shouldPurgeByTagEverywhere() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Cache-Tag: t-" + id + ", other");
        Answer first = anonymous("GET", uri);
        assertNull(first.header("Cache-Tag"));
        await().until(() -> other.find(key) != null);
        assertTrue(other.has(key));

        // After a test that stopped Redis: purges have a connection of their own, which recovers later.
        await().until(() -> purge("tag=t-" + id).status() == 200);

        assertEquals("answer 2", anonymous("GET", uri).body());
        await().until(() -> !"answer 1".equals(other.find(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/things/%s", "/api/things/*", "*"})
    void shouldPurgeByPattern(String pattern) throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri + "?q=1");

        assertEquals(200, purge("pattern=" + pattern.formatted(id)).status());

        assertEquals("answer 2", anonymous("GET", uri + "?q=1").body());
    }

    @Test
    void shouldPurgeByTheNameOfTheRoute() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);

        purge("tag=lenient");
        assertTrue(anonymous("GET", uri).header("Cache-Status").contains("hit"));
        purge("tag=things");

        assertEquals("answer 2", anonymous("GET", uri).body());
    }

    @Test
    void shouldPurgeForAdminsOnlyAndByNameOnly() throws IOException {
        assertEquals(401, anonymous("DELETE", "/api/ops/cache?tag=a").status());
        assertEquals(403, exchange(request("DELETE", "/api/ops/cache?tag=a")).status());
        for (String query : new String[] {"", "tag=", "tag=a%20b", "pattern=", "pattern=api", "tag=a&pattern=*"}) {
            Answer refused = purge(query);
            assertEquals(400, refused.status(), query);
            assertEquals("invalid_purge", code(refused));
        }
    }

    @Test
    void shouldReceivePurgesOfAnotherGateway() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60", "Cache-Tag: t-" + id);
        anonymous("GET", uri);

        other.purgeTag("t-" + id);

        await().until(() -> "answer 2".equals(anonymous("GET", uri).body()));
    }

    @Test
    void shouldShareInvalidations() throws IOException {
        scripted.answerWith("Cache-Control: max-age=60");
        anonymous("GET", uri);
        await().until(() -> other.find(key) != null);

        anonymous("PUT", uri, "Content-Length: 0");

        assertEquals("answer 3", anonymous("GET", uri).body());
        await().until(() -> !"answer 1".equals(other.find(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "KILL"})
    void shouldWorkWithoutRedis(String signal) throws Exception {
        scripted.answerWith("Cache-Control: max-age=60");
        await().until(() ->
                anonymous("GET", uri + "/before").header("Cache-Status").contains("hit"));

        signal(signal);

        for (int i = 0; i < 10; i++) {
            // A Redis that hangs would hold each of them up for longer than the client waits.
            assertTrue(anonymous("GET", uri + "/before").header("Cache-Status").contains("hit"));
            assertEquals(200, anonymous("GET", uri + "/" + i).status());
            assertTrue(anonymous("GET", uri + "/" + i).header("Cache-Status").contains("hit"));
        }
        recover(signal);
        awaitSharing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "KILL"})
    void shouldRevalidateOldEntriesWithoutPurges(String signal) throws Exception {
        TestBounds.maxPurgeLag(Duration.ofSeconds(1));
        scripted.answerWith("Cache-Control: max-age=600", "Age: 100");
        anonymous("GET", uri);

        signal(signal);

        await().until(() -> !"answer 1".equals(anonymous("GET", uri).body()));
    }

    @Test
    void shouldPublishAPurgeOnceRedisHasRecovered() throws Exception {
        scripted.answerWith("Cache-Control: max-age=600", "Cache-Tag: t-" + id);
        anonymous("GET", uri);
        await().until(() -> other.find(key) != null);
        signal("STOP");

        Answer refused = purge("tag=t-" + id);

        assertEquals(503, refused.status());
        assertEquals("purge_not_shared", code(refused));
        assertEquals("answer 2", anonymous("GET", uri).body());
        signal("CONT");
        await().until(() -> !other.has(key));
        assertFalse("answer 1".equals(other.find(key)));
        await().until(() -> !"answer 1".equals(anonymous("GET", uri).body()));
    }

    private void awaitSharing() {
        await().until(() -> {
            String probe = "/api/things/" + UUID.randomUUID();
            scripted.answerWith("Cache-Control: max-age=60");
            anonymous("GET", probe);
            return other.findSoon("http://heliograph.example" + probe);
        });
    }

    private Answer purge(String query) throws IOException {
        String token = issuer.token(ADA, "ada", claims -> claims.setStringListClaim("groups", "admin"));
        return anonymous("DELETE", "/api/ops/cache?" + query, "Authorization: Bearer " + token);
    }

    private void recover(String signal) throws IOException, InterruptedException {
        if (signal.equals("KILL")) {
            redis.start();
        } else {
            signal("CONT");
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        if (signal.equals("KILL")) {
            redis.kill();
        } else if (redis.isAlive()) {
            new ProcessBuilder(
                            "kill", "-" + signal, Long.toString(redis.process().pid()))
                    .start()
                    .waitFor();
        }
    }

    private Answer anonymous(String method, String target, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return exchange(method + " " + target + " HTTP/1.1\r\nHost: heliograph.example\r\n" + lines + "\r\n");
    }
}
