package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.testsupport.Socket;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class UserServiceLossTest {

    private final Heliograph heliograph;
    private final ServiceProcess users;

    UserServiceLossTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.users = heliograph.stack().replicas(Service.USER).get(0);
    }

    @AfterEach
    void revive() {
        if (!users.isAlive()) {
            users.start();
        }
        heliograph.awaitReady();
    }

    /** One that has checked no token since its start may not have the keys yet. */
    private void knowTheKeys(Person person) {
        for (int replica = 0; replica < 2; replica++) {
            heliograph.gateway(replica).as(person).get("/api/rooms").expect(200);
            heliograph.messages(replica).as(person).get("/api/rooms").expect(200);
        }
    }

    @Test
    void shouldGoOnForWhoIsSignedInAndSayToOthersThatItIsAway() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private");
        try (Socket socket = heliograph.gateway(1).socket(ada)) {
            socket.join(room);

            knowTheKeys(ada);
            users.kill();

            gateway.send(room, "1", "still here").expect(201);
            await().until(() -> socket.messages(room).size() == 1);
            try (Socket another = heliograph.gateway(1).socket(ada)) {
                assertEquals("joined", another.join(room, 0).get("type").asText());
            }
            Reply refused = heliograph
                    .gateway()
                    .post("/api/auth/login", Map.of("login", ada.username(), "password", "whatever it is"));
            assertTrue(refused.status() == 502 || refused.status() == 503, refused.toString());
        }
        users.start();
        await().ignoreExceptions().until(() -> heliograph.signIn(ada.username()).has("accessToken"));
    }
}
