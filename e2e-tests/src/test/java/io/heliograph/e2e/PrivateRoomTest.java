package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class PrivateRoomTest {

    private final Heliograph heliograph;

    PrivateRoomTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldNotExistForANonMember() {
        Person owner = heliograph.person("owner");
        Person outsider = heliograph.person("outsider");
        UUID room = heliograph.gateway().as(owner).room("private");
        Api gateway = heliograph.gateway().as(outsider);
        String path = "/api/rooms/" + room;

        List<Reply> replies = List.of(
                gateway.get(path),
                gateway.get(path + "/messages"),
                gateway.get(path + "/members"),
                gateway.send(room, "1", "let me in"),
                gateway.call("PUT", path + "/members/" + outsider.id(), Map.of())
                        .join());

        for (Reply reply : replies) {
            assertEquals(404, reply.status(), reply.toString());
            assertEquals("room_not_found", reply.code());
        }
        Reply unknown = gateway.get("/api/rooms/" + UUID.randomUUID());
        assertEquals(unknown.body().get("detail"), replies.get(0).body().get("detail"));
        assertEquals(0, heliograph.gateway().as(owner).history(room).size());
    }

    @Test
    void shouldRejectJoinsAndSendsOfANonMemberOverTheSocket() {
        Person owner = heliograph.person("owner");
        Person outsider = heliograph.person("outsider");
        UUID room = heliograph.gateway().as(owner).room("private");
        try (Socket outside = heliograph.gateway().socket(outsider)) {
            JsonNode joined = outside.join(room);
            JsonNode sent = outside.send(room, "1", "let me in");
            heliograph.gateway().as(owner).send(room, "1", "between us").expect(201);
            outside.request(Map.of("type", "ping")).join();

            assertEquals("room_not_found", joined.path("code").asText(), joined.toString());
            assertEquals("room_not_found", sent.path("code").asText(), sent.toString());
            assertTrue(outside.messages(room).isEmpty());
        }
    }

    @Test
    void shouldShowAPublicRoomButNotItsMessagesToNonMembers() {
        Person owner = heliograph.person("owner");
        Person visitor = heliograph.person("visitor");
        UUID room = heliograph.gateway().as(owner).room("public");
        Api gateway = heliograph.gateway().as(visitor);

        assertEquals(200, gateway.get("/api/rooms/" + room).status());
        assertEquals(
                "not_a_member",
                gateway.get("/api/rooms/" + room + "/messages").expect(403).code());
        assertEquals(
                "not_a_member", gateway.send(room, "1", "hello").expect(403).code());
        try (Socket socket = heliograph.gateway().socket(visitor)) {
            assertEquals("not_a_member", socket.join(room).path("code").asText());
        }
    }
}
