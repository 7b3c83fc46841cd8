package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class PostgresLossTest {

    private final Heliograph heliograph;

    PostgresLossTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldReportThatItIsUnavailableAndRecoverWithoutARestart() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private");
        try (Socket socket = heliograph.messages(0).socket(ada)) {
            socket.join(room);
            gateway.send(room, "before", "kept").expect(201);

            heliograph.postgres().stop();
            assertUnavailable(() -> gateway.send(room, "during", "try again"));
            assertUnavailable(() -> gateway.get("/api/rooms/" + room + "/messages"));
            assertUnavailable(() -> gateway.get("/api/users/me"));
            assertUnavailable(
                    () -> gateway.post("/api/auth/login", Map.of("login", "ada", "password", "whatever it is")));
            assertEquals(
                    "error",
                    socket.send(room, "during", "try again").get("type").asText());
            await().until(() -> !heliograph.messageProcess(0).isReady());
            heliograph.postgres().start();

            await().until(() -> gateway.send(room, "during", "try again").status() == 201);
            gateway.get("/api/users/me").expect(200);
            heliograph.awaitReady();
            List<JsonNode> history = gateway.history(room);
            Order.assertGapless(history);
            assertEquals(2, history.size());
            await().untilAsserted(() -> Order.assertSame(history, socket.messages(room)));
            assertFalse(socket.closeCode().isPresent(), "the socket was closed");
        }
    }

    private static void assertUnavailable(Supplier<Reply> call) {
        // The service reports it itself, before the timeout of the gateway.
        Reply reply = call.get();

        assertEquals(503, reply.status(), reply.toString());
        assertEquals("store_unavailable", reply.code());
        assertTrue(reply.headers().firstValue("Retry-After").isPresent(), reply.toString());
    }
}
