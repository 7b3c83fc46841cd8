package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class RepeatedSendTest {

    private static final int ROUNDS = 50;

    private final Heliograph heliograph;

    RepeatedSendTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldStoreOnceAndRespondAlikeToConcurrentRepeatedSends() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private");
        try (Socket first = heliograph.messages(0).socket(ada);
                Socket second = heliograph.messages(1).socket(ada)) {
            for (int round = 0; round < ROUNDS; round++) {
                String clientId = "round-" + round;
                List<CompletableFuture<JsonNode>> answers = List.of(
                        heliograph
                                .messages(0)
                                .as(ada)
                                .sendAsync(room, clientId, "once")
                                .thenApply(RepeatedSendTest::stored),
                        heliograph
                                .messages(1)
                                .as(ada)
                                .sendAsync(room, clientId, "once")
                                .thenApply(RepeatedSendTest::stored),
                        first.sendAsync(room, clientId, "once"),
                        second.sendAsync(room, clientId, "once"));

                Set<String> different = new HashSet<>();
                answers.forEach(answer -> different.add(essence(answer.join())));
                assertEquals(1, different.size(), different.toString());
            }
        }
        List<JsonNode> history = gateway.history(room);
        assertEquals(ROUNDS, history.size());
        Order.assertGapless(history);
    }

    @Test
    void shouldRejectAnotherContentUnderAUsedClientId() {
        Person ada = heliograph.person("ada");
        UUID room = heliograph.gateway().as(ada).room("private");
        heliograph.messages(0).as(ada).send(room, "mine", "first").expect(201);

        try (Socket socket = heliograph.messages(1).socket(ada)) {
            Reply overRest = heliograph.messages(1).as(ada).send(room, "mine", "second");
            JsonNode overSocket = socket.send(room, "mine", "third");

            assertEquals(409, overRest.status());
            assertEquals("client_id_reused", overRest.code());
            assertEquals("error", overSocket.get("type").asText(), overSocket.toString());
            assertEquals("client_id_reused", overSocket.get("code").asText());
        }
        assertEquals(1, heliograph.gateway().as(ada).history(room).size());
    }

    @Test
    void shouldLetTwoPeopleUseOneClientId() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        UUID room = heliograph.gateway().as(ada).room("private", grace);

        heliograph.messages(0).as(ada).send(room, "1", "of Ada").expect(201);
        heliograph.messages(1).as(grace).send(room, "1", "of Grace").expect(201);

        assertEquals(2, heliograph.gateway().as(ada).history(room).size());
    }

    private static JsonNode stored(Reply reply) {
        return reply.expect(201).body();
    }

    private static String essence(JsonNode answer) {
        return answer.path("seq") + "/" + answer.path("rev") + " " + answer.path("createdAt");
    }
}
