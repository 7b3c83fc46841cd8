package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of the account on one replica for changes on the other, also while parts of the service are down. */
@ExtendWith(RunningHeliograph.class)
class AccountEventsTest {

    private final Heliograph heliograph;
    private Person ada;
    private Person grace;
    private Api adas;
    private UUID room;

    AccountEventsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeEach
    void twoInARoom() {
        ada = heliograph.person("ada");
        grace = heliograph.person("grace");
        adas = heliograph.messages(0).as(ada);
        room = adas.room("private", grace);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldRecoverWhenRedisIsBack() {
        try (Socket near = connected(0);
                Socket far = connected(1)) {
            adas.send(room, "before", "before").expect(201);
            await().until(() -> unread(near, room) == 1 && unread(far, room) == 1);
            long rev = accountRev(far);

            heliograph.redis().kill();
            adas.send(room, "during", "during").expect(201);
            UUID other = adas.room("private", grace);
            adas.call("PATCH", "/api/rooms/" + room, Map.of("name", "renamed"))
                    .join()
                    .expect(200);
            heliograph
                    .messages(0)
                    .as(grace)
                    .call("PUT", "/api/rooms/" + room + "/read", Map.of("seq", 1))
                    .join()
                    .expect(200);
            await("the replica that did it needs no Redis")
                    .until(() -> frames(near, "room_added", other).count() == 1 && unread(near, room) == 1);
            heliograph.redis().start();

            await().until(() -> frames(far, "room_added", other).count() == 1);
            await().until(() -> frames(far, "room_updated", room).count() == 1);
            await().until(() -> unread(far, room) == 1
                    && last(far, "unread", room).get("readSeq").asLong() == 1);
            assertEquals(
                    rev + 1, last(far, "room_added", other).get("accountRev").asLong());

            adas.send(room, "after", "after").expect(201);
            await().until(() -> unread(near, room) == 2 && unread(far, room) == 2);
        }
    }

    @Test
    void shouldPublishEveryChangeAlthoughRedisIsEmptied() {
        int times = 6;
        try (Socket near = connected(0);
                Socket far = connected(1)) {
            long rev = accountRev(far);
            for (int i = 1; i <= times; i++) {
                heliograph.redis().execute("FLUSHALL");
                adas.send(room, "message " + i, "text").expect(201);
                adas.room("private", grace);
            }

            for (Socket socket : List.of(near, far)) {
                await().until(() -> unread(socket, room) == times && accountRev(socket) == rev + times);
                assertEquals(
                        times,
                        socket.frames().stream()
                                .filter(frame -> frame.get("type").asText().equals("room_added"))
                                .map(frame -> frame.get("room").asText())
                                .distinct()
                                .count());
            }
        }
    }

    @Test
    void shouldMakeOneDirectRoomForConcurrentRequestsOnBothReplicas() {
        List<Reply> results = IntStream.range(0, 16)
                .mapToObj(i -> {
                    Person asking = i % 4 < 2 ? ada : grace;
                    Person other = i % 4 < 2 ? grace : ada;
                    return heliograph
                            .messages(i % 2)
                            .as(asking)
                            .call(
                                    "POST",
                                    "/api/rooms",
                                    Map.of(
                                            "kind",
                                            "direct",
                                            "members",
                                            List.of(other.id().toString())));
                })
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertEquals(
                1,
                results.stream()
                        .map(result -> result.body().get("id").asText())
                        .distinct()
                        .count());
        assertEquals(
                1, results.stream().filter(result -> result.status() == 201).count());
    }

    @Test
    void shouldReturnMissedChangesAfterAReplicaWasKilled() {
        long rev;
        try (Socket lost = connected(1)) {
            rev = accountRev(lost);
            heliograph.messageProcess(1).kill();
        }
        UUID other = adas.room("private", grace);
        adas.send(other, "missed", "missed").expect(201);

        try (Socket near = connected(0)) {
            assertEquals(rev + 1, accountRev(near));
            JsonNode sync = heliograph
                    .messages(0)
                    .as(grace)
                    .get("/api/messages/sync")
                    .expect(200)
                    .body();
            assertEquals(rev + 1, sync.get("accountRev").asLong());
            assertEquals(2, sync.get("items").size());
            assertEquals(1, sync.get("items").get(1).get("unread").asLong());

            heliograph.messageProcess(1).start();
            heliograph.awaitReady();
            try (Socket far = connected(1)) {
                assertEquals(rev + 1, accountRev(far));
                adas.send(other, "live", "live").expect(201);
                await().until(() -> unread(near, other) == 2 && unread(far, other) == 2);
                adas.call("DELETE", "/api/rooms/" + room + "/members/" + grace.id(), null)
                        .join()
                        .expect(204);
                await().until(() -> frames(far, "room_removed", room).count() == 1);
                assertEquals(
                        rev + 2,
                        last(far, "room_removed", room).get("accountRev").asLong());
            }
        }
    }

    private Socket connected(int replica) {
        Socket socket = heliograph.messages(replica).socket(grace);
        await().until(() -> accountRev(socket) >= 0);
        return socket;
    }

    /** The highest number that was received; -1 without one. */
    private static long accountRev(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.has("accountRev"))
                .mapToLong(frame -> frame.get("accountRev").asLong())
                .max()
                .orElse(-1);
    }

    /** The count in the last frame; -1 without one. */
    private static long unread(Socket socket, UUID room) {
        return frames(socket, "unread", room)
                .mapToLong(frame -> frame.get("unread").asLong())
                .reduce(-1, (before, next) -> next);
    }

    private static JsonNode last(Socket socket, String type, UUID room) {
        return frames(socket, type, room).reduce((before, next) -> next).orElseThrow();
    }

    private static Stream<JsonNode> frames(Socket socket, String type, UUID room) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type))
                .filter(frame -> frame.get("room").asText().equals(room.toString()));
    }
}
