package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.Socket;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages of a sender who changes their name or deletes their account. */
@ExtendWith(RunningHeliograph.class)
class ProfileTest {

    private static final int REVOKED = 4503;

    private final Heliograph heliograph;
    private Person ada;
    private Person grace;
    private UUID room;

    ProfileTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @BeforeEach
    void talk() {
        ada = heliograph.person("ada");
        grace = heliograph.person("grace");
        room = heliograph.gateway().as(ada).room("private", grace);
        heliograph.gateway().as(ada).send(room, "1", "the first").expect(201);
    }

    @Test
    void shouldShowANewNameToOthersOnEveryReplica() {
        assertEquals(ada.username(), sender(0).get("displayName").textValue());
        String seen = mine().headers().firstValue("ETag").orElseThrow();

        Reply changed = heliograph
                .gateway()
                .as(ada)
                .call("PATCH", "/api/users/me", Map.of("displayName", "Ada Lovelace"))
                .join()
                .expect(200);

        assertFalse(changed.headers().firstValue("ETag").orElseThrow().equals(seen));
        for (int replica : new int[] {0, 1}) {
            await().until(() -> sender(replica).get("displayName").textValue().equals("Ada Lovelace"));
        }
        // The token is older than the name.
        try (Socket socket = heliograph.messages(0).socket(grace)) {
            socket.join(room);
            // Each replica polls for changes at its own times, and the other may have stored this one first.
            await().until(() -> {
                heliograph
                        .messages(1)
                        .as(ada)
                        .send(room, UUID.randomUUID().toString(), "again")
                        .expect(201);
                List<JsonNode> live = socket.messages(room);
                return !live.isEmpty()
                        && live.get(live.size() - 1)
                                .at("/sender/displayName")
                                .textValue()
                                .equals("Ada Lovelace");
            });
        }
    }

    @Test
    void shouldKeepTheMessagesOfADeletedAccountWithoutItsNames() {
        try (Socket socket = heliograph.gateway().socket(ada)) {
            heliograph
                    .gateway()
                    .as(ada)
                    .call("DELETE", "/api/users/me", null)
                    .join()
                    .expect(204);

            await().until(() -> socket.closeCode().equals(OptionalInt.of(REVOKED)));
        }
        await().until(() -> sender(1).path("deleted").asBoolean());
        JsonNode message = heliograph.gateway().as(grace).history(room).get(0);
        assertEquals("the first", message.get("content").textValue());
        assertEquals(ada.id().toString(), message.at("/sender/id").textValue());
        assertEquals("deleted", message.at("/sender/username").textValue());
        await().until(() ->
                heliograph.gateway().as(ada).get("/api/rooms").code().equals("token_revoked"));
        assertEquals(
                404,
                heliograph.gateway().as(grace).get("/api/users/" + ada.id()).status());
    }

    @Test
    void shouldReserveTheNameOfADeletedAccount() {
        heliograph
                .gateway()
                .as(ada)
                .call("DELETE", "/api/users/me", null)
                .join()
                .expect(204);

        assertEquals("username_taken", heliograph.register(ada.username()).code());

        new Database(heliograph.postgres(), PostgresServer.DATABASE)
                .run("update user_service.reserved_names set until = now() - interval '1 second'");
        assertEquals(201, heliograph.register(ada.username()).status());
    }

    @Test
    void shouldNotServeTheFeedThroughTheGateway() {
        assertEquals(404, heliograph.gateway().as(ada).get("/internal/profiles").status());
        assertEquals(401, heliograph.users().as(ada).get("/internal/profiles").status());
    }

    private Reply mine() {
        return heliograph.gateway().as(ada).get("/api/users/me").expect(200);
    }

    private JsonNode sender(int replica) {
        return heliograph.messages(replica).as(grace).history(room).get(0).get("sender");
    }
}
