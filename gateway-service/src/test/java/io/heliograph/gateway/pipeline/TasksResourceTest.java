package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TasksResourceTest extends GatewayTest {

    @Test
    void shouldListRunningAndRecentTasks() throws IOException {
        scripted.answer(request -> {});
        int before = scripted.requests().size();
        long tookMillis;
        String body = "{\"requests\": [{\"id\": 1, \"method\": \"GET\", \"path\": \"/api/scripted/held\"}]}";
        try (RawClient client = connect()) {
            client.send(
                    request("POST", "/api/batch", "X-Request-Id: tasks-1\r\nContent-Length: " + body.length() + "\r\n")
                            + body);

            scripted.await(before + 1);
            long begun = System.nanoTime();
            await().until(() -> has("running", task -> isBatch(task) && task.getLong("durationMs") > 0));
            tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            scripted.last().response().end();
            assertEquals(200, client.read().status());
        }
        assertTrue(has("recent", task -> isBatch(task) && task.getLong("durationMs") >= tookMillis));
        assertFalse(has("running", TasksResourceTest::isBatch));
        JsonObject kind = kind("batch");
        assertTrue(kind.getInteger("completed") > 0 && kind.getInteger("maxMs") >= tookMillis, kind.encode());
    }

    @Test
    void shouldListSlowRequests() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/events?token=secret", "X-Request-Id: tasks-2\r\n"));

            await().until(() -> has("running", TasksResourceTest::isSlowOne));
        }

        await().until(() -> has("recent", task -> isSlowOne(task) && "aborted".equals(task.getString("error"))));
        assertFalse(read().body().contains("secret"));
    }

    @Test
    void shouldCountKeyFetches() throws IOException {
        assertTrue(kind("key_refresh").getInteger("completed") > 0);
    }

    @Test
    void shouldRecordCacheFetchesAsTasks() throws IOException {
        int before = kind("cache_fetch").getInteger("completed");

        exchange("GET /api/lenient/tasks HTTP/1.1\r\nHost: h\r\n\r\n");

        await().until(() -> kind("cache_fetch").getInteger("completed") > before);
    }

    @Test
    void shouldCountPurges() throws IOException {
        int before = kind("cache_purge").getInteger("completed");

        // After a test that stopped Redis: purges have a connection of their own, which recovers later.
        await().until(() -> purge().status() == 200);

        await().until(() -> kind("cache_purge").getInteger("completed") > before);
    }

    @Test
    void shouldNameTheReplicaToAdministratorsOnly() throws IOException {
        assertFalse(new JsonObject(read().body()).getString("replica").isBlank());
        assertEquals(403, get("/api/ops/tasks").status());
    }

    private static boolean isBatch(JsonObject task) {
        return "batch".equals(task.getString("kind")) && "1 requests (tasks-1)".equals(task.getString("subject"));
    }

    private static boolean isSlowOne(JsonObject task) {
        return "slow_request".equals(task.getString("kind"))
                && "GET /api/rooms (tasks-2)".equals(task.getString("subject"));
    }

    private Answer purge() throws IOException {
        return exchange(
                "DELETE /api/ops/cache?tag=tasks HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + admin() + "\r\n\r\n");
    }

    private JsonObject kind(String name) throws IOException {
        return all("kinds")
                .filter(kind -> name.equals(kind.getString("kind")))
                .findFirst()
                .orElseThrow();
    }

    private boolean has(String list, Predicate<JsonObject> what) throws IOException {
        return all(list).anyMatch(what);
    }

    private Stream<JsonObject> all(String list) throws IOException {
        return new JsonObject(read().body()).getJsonArray(list).stream().map(JsonObject.class::cast);
    }

    private Answer read() throws IOException {
        return exchange("GET /api/ops/tasks HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + admin() + "\r\n\r\n");
    }

    private String admin() {
        return issuer.token(ADA, "ada", claims -> claims.setStringListClaim("groups", "user", "admin"));
    }
}
