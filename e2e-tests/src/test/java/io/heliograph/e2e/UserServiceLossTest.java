package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Subscriber;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
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
        heliograph.revive();
    }

    /** One that has checked no token since its start may not have the keys yet. */
    private void knowTheKeys(Person person) {
        for (int replica = 0; replica < 2; replica++) {
            heliograph.gateway(replica).as(person).get("/api/rooms").expect(200);
            heliograph.messages(replica).as(person).get("/api/rooms").expect(200);
        }
    }

    @Test
    void shouldServeSignedInUsersAndRejectSignInsWhileItIsDown() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway().as(ada);
        UUID room = gateway.room("private");
        try (Subscriber subscriber = Subscriber.of(heliograph.gateway(1), ada, room)) {
            knowTheKeys(ada);
            users.kill();

            gateway.send(room, "1", "still here").expect(201);
            subscriber.assertSees(room, gateway.history(room));
            try (Subscriber another = Subscriber.of(heliograph.gateway(1), ada, room)) {
                gateway.send(room, "2", "and somebody else is").expect(201);
                another.assertSees(room, gateway.history(room).subList(1, 2));
            }
            assertEquals(0, subscriber.reconnects());
            Reply refused = heliograph
                    .gateway()
                    .post("/api/auth/login", Map.of("login", ada.username(), "password", "whatever it is"));
            assertTrue(refused.status() == 502 || refused.status() == 503, refused.toString());
        }
        users.start();
        await().ignoreExceptions().until(() -> heliograph.signIn(ada.username()).has("accessToken"));
    }
}
