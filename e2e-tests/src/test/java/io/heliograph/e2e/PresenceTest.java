package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ada is on the first replica, Grace on the second. */
@ExtendWith(RunningHeliograph.class)
class PresenceTest {

    private final Heliograph heliograph;
    private Person ada;
    private Person grace;
    private UUID room;

    PresenceTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeEach
    void meet() {
        ada = heliograph.person("ada");
        grace = heliograph.person("grace");
        room = heliograph.gateway().as(ada).room("private", grace);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldPublishPresenceTypingAndReadMarksToOtherReplicas() {
        heliograph.gateway().as(ada).send(room, "one", "Are you there?").expect(201);
        try (Socket first = heliograph.messages(0).socket(ada)) {
            first.join(room);
            try (Socket second = heliograph.messages(1).socket(grace)) {
                assertEquals(2, second.join(room).get("online").asInt());
                JsonNode came = awaitFrame(first, "presence");
                assertEquals(grace.id().toString(), came.get("user").get("id").asText());
                assertEquals("online", came.get("state").asText());
                assertEquals(2, came.get("online").asInt());
                assertEveryoneKnows(ada, grace);

                second.sendFrame(Map.of("type", "typing", "room", room));
                assertEquals(
                        grace.id().toString(),
                        awaitFrame(first, "typing").get("user").get("id").asText());
                second.request(Map.of("type", "read", "room", room, "seq", 1)).join();
                JsonNode read = awaitFrame(first, "read");
                assertEquals(grace.id().toString(), read.get("user").get("id").asText());
                assertEquals(1, read.get("seq").asLong());
            }
            await().until(() -> lastPresence(first).equals("offline"));
            assertEveryoneKnows(ada);
        }
    }

    @Test
    void shouldPublishThatTheUsersOfAKilledReplicaAreOffline() {
        try (Socket first = heliograph.messages(0).socket(ada);
                Socket second = heliograph.messages(1).socket(grace)) {
            first.join(room);
            second.join(room);
            await().until(() -> lastPresence(first).equals("online"));

            heliograph.messageProcess(1).kill();

            await().until(() -> lastPresence(first).equals("offline"));
            assertEquals(1, frames(first, "presence").get(1).get("online").asInt());
            assertEquals(Set.of(ada.username()), online(0));
        }
    }

    private void assertEveryoneKnows(Person... people) {
        Set<String> names = new TreeSet<>();
        for (Person person : people) {
            names.add(person.username());
        }
        for (int replica = 0; replica < 2; replica++) {
            int where = replica;
            await().untilAsserted(() -> assertEquals(names, online(where)));
        }
    }

    private Set<String> online(int replica) {
        JsonNode answer = heliograph
                .messages(replica)
                .as(ada)
                .get("/api/rooms/" + room + "/presence")
                .expect(200)
                .body();
        Set<String> names = new TreeSet<>();
        answer.get("items")
                .forEach(item -> names.add(item.get("user").get("username").asText()));
        assertEquals(names.size(), answer.get("online").asInt());
        return names;
    }

    private static JsonNode awaitFrame(Socket socket, String type) {
        return await().until(() -> frames(socket, type), found -> !found.isEmpty())
                .get(0);
    }

    private static String lastPresence(Socket socket) {
        List<JsonNode> seen = frames(socket, "presence");
        return seen.isEmpty() ? "" : seen.get(seen.size() - 1).get("state").asText();
    }

    private static List<JsonNode> frames(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type))
                .toList();
    }
}
