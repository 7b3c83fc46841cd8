package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Subscriber;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class RedisLossTest {

    private final Heliograph heliograph;

    RedisLossTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldStoreWithoutRedisAndRecoverLiveDeliveryWhenItIsBack() {
        Person ada = heliograph.person("ada");
        UUID room = heliograph.gateway().as(ada).room("private");
        try (Subscriber first = Subscriber.of(heliograph.messages(0), ada, room);
                Subscriber second = Subscriber.of(heliograph.messages(1), ada, room)) {
            send(ada, room, 0, 10);

            heliograph.redis().kill();
            send(ada, room, 10, 30);
            assertReady();
            heliograph.redis().start();

            // Without another send: missed messages arrive because Redis is back, not because of later messages.
            List<JsonNode> stored = heliograph.gateway().as(ada).history(room);
            first.assertSees(room, stored);
            second.assertSees(room, stored);

            send(ada, room, 30, 40);
            List<JsonNode> all = heliograph.gateway().as(ada).history(room);
            Order.assertGapless(all);
            first.assertSees(room, all);
            second.assertSees(room, all);
            assertEquals(0, first.reconnects() + second.reconnects());
        }
    }

    private void send(Person sender, UUID room, int from, int to) {
        IntStream.range(from, to).forEach(number -> heliograph
                .messages(number % 2)
                .as(sender)
                .send(room, "number-" + number, "message " + number)
                .expect(201));
    }

    private void assertReady() {
        // Not at the first try only: a busy machine lets a probe wait too long.
        for (int replica = 0; replica < 2; replica++) {
            await("a replica that a lost Redis takes out of service")
                    .until(heliograph.messageProcess(replica)::isReady);
        }
    }
}
