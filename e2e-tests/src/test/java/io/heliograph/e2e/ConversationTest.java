package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.client.Ack;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Subscriber;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class ConversationTest {

    private final Heliograph heliograph;

    ConversationTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldCarryMessagesBothWaysBetweenReplicas() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        UUID room = heliograph.gateway().as(ada).room("private", grace);

        try (Subscriber first = Subscriber.of(heliograph.messages(0), ada, room);
                Subscriber second = Subscriber.of(heliograph.messages(1), grace, room)) {
            Ack asked = first.send(room, "question", "Can you hear me?").join();
            await().until(() -> second.count() == 1);
            Ack answered = second.send(room, "answer", "Loud and clear, Ada. ☀").join();

            assertEquals(1, asked.rev());
            assertEquals(2, answered.rev());
            List<JsonNode> history = heliograph.gateway().as(ada).history(room);
            Order.assertGapless(history);
            first.assertSees(room, history);
            second.assertSees(room, history);
            assertEquals(
                    grace.username(),
                    history.get(1).get("sender").get("username").asText());
        }
    }

    @Test
    void shouldForwardASocketAndARestSendThroughTheGateway() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        Api gateway = heliograph.gateway();
        UUID room = gateway.as(ada).room("public");
        gateway.as(grace)
                .call("PUT", "/api/rooms/" + room + "/members/" + grace.id(), null)
                .join()
                .expect(200);

        try (Socket socket = gateway.socket(grace)) {
            socket.join(room);
            JsonNode sent =
                    gateway.as(ada).send(room, "hello", "Hello").expect(201).body();
            await().until(() -> socket.messages(room).size() == 1);

            Order.assertSame(List.of(sent), socket.messages(room));
            assertEquals(
                    "pong",
                    socket.request(Map.of("type", "ping")).join().get("type").asText());
        }
    }

    @Test
    void shouldSignInTheSeededAccounts() {
        for (String name : List.of("ada", "grace", "admin")) {
            JsonNode tokens = heliograph
                    .gateway()
                    .post("/api/auth/login", Map.of("login", name, "password", Stack.DEMO_PASSWORD))
                    .expect(200)
                    .body();
            JsonNode me = heliograph
                    .gateway()
                    .withToken(tokens.get("accessToken").asText())
                    .get("/api/users/me")
                    .expect(200)
                    .body();

            assertEquals("Bearer", tokens.get("tokenType").asText());
            assertEquals(name, me.get("username").asText());
        }
    }
}
