package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.WebhookEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every change reaches an endpoint at least once and in the order of its room despite faults; and long polling. */
@ExtendWith(RunningHeliograph.class)
class WebhookTest {

    private static final int ROOMS = 4;
    private static final int MESSAGES = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Heliograph heliograph;
    private final Person bot;
    private final Api gateway;

    WebhookTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.bot = heliograph.integrator("bot");
        this.gateway = heliograph.gateway().as(bot);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
        gateway.get("/api/webhooks").expect(200).body().get("items").forEach(webhook -> gateway.call(
                        "DELETE", "/api/webhooks/" + webhook.get("id").asText(), null)
                .join()
                .expect(204));
    }

    @Test
    void shouldLoseNoChangeAndKeepTheOrderOfEachRoomThroughFaults() {
        List<UUID> rooms = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(gateway.room("private"));
        }
        try (WebhookEndpoint single = new WebhookEndpoint();
                WebhookEndpoint batch = new WebhookEndpoint()) {
            register(single, false);
            register(batch, true);
            AtomicInteger sent = new AtomicInteger();
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> send(rooms, sent));

            awaitSent(sent, 100, traffic);
            heliograph.messageProcess(0).kill();
            awaitSent(sent, 150, traffic);
            heliograph.messageProcess(0).start();
            heliograph.redis().execute("FLUSHALL");
            awaitSent(sent, 200, traffic);
            heliograph.postgres().stop();
            await().until(() -> !heliograph.messageProcess(1).isReady());
            heliograph.postgres().start();
            awaitSent(sent, 300, traffic);
            await().atMost(PATIENCE).until(() -> heliograph.messageProcess(0).isReady());
            heliograph.messageProcess(1).kill();
            heliograph.redis().kill();
            traffic.join();

            for (UUID room : rooms) {
                long last = MESSAGES / ROOMS;
                await().atMost(PATIENCE).until(() -> revs(single, room).contains(last));
                await().atMost(PATIENCE).until(() -> revs(batch, room).contains(last));
                assertEachInOrder(revs(single, room), last);
                assertEachInOrder(revs(batch, room), last);
            }
        }
    }

    @Test
    void shouldEndALongPollOnAnotherReplica() {
        UUID room = gateway.room("private");
        Api first = heliograph.messages(0).as(bot);
        CompletableFuture<Reply> waiting =
                first.call("GET", "/api/rooms/" + room + "/changes?after=0&waitMs=25000", null);
        await().until(() -> heliograph.metrics(0).value("heliograph_change_feed_waiting") == 1);

        heliograph.messages(1).as(bot).send(room, "one", "wake up").expect(201);

        JsonNode answer = waiting.join().expect(200).body();
        assertEquals("wake up", answer.at("/items/0/content").asText());
        assertEquals(1, answer.get("rev").asLong());
    }

    private void register(WebhookEndpoint endpoint, boolean batch) {
        gateway.post(
                        "/api/webhooks",
                        Map.of("url", endpoint.url(), "events", List.of("message.created"), "batch", batch))
                .expect(201);
    }

    /** Sends one after another, each until it is stored, to any available replica. */
    private void send(List<UUID> rooms, AtomicInteger sent) {
        for (int i = 0; i < MESSAGES; i++) {
            UUID room = rooms.get(i % ROOMS);
            String clientId = "message-" + i;
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> gateway.send(room, clientId, "content of " + clientId)
                                    .status()
                            == 201);
            sent.incrementAndGet();
        }
    }

    private static void awaitSent(AtomicInteger sent, int count, CompletableFuture<Void> traffic) {
        await().atMost(PATIENCE).until(() -> {
            if (traffic.isCompletedExceptionally()) {
                traffic.join();
            }
            return sent.get() >= count;
        });
    }

    private static List<Long> revs(WebhookEndpoint endpoint, UUID room) {
        return endpoint.events().stream()
                .filter(event -> event.get("room").asText().equals(room.toString()))
                .map(event -> event.get("rev").asLong())
                .toList();
    }

    /** Repeated deliveries may be of earlier changes; no delivery skips a change. */
    private static void assertEachInOrder(List<Long> revs, long last) {
        long seen = 0;
        for (long rev : revs) {
            assertTrue(rev <= seen + 1, () -> "a gap in " + revs);
            seen = Math.max(seen, rev);
        }
        assertEquals(last, seen);
    }
}
