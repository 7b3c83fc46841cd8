package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class DeliveryTest {

    private static final int MESSAGES = 2_000;
    private static final int SENDERS = 8;

    private final Heliograph heliograph;

    DeliveryTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldShowEverySubscriberEveryMessageOnceAndInOneOrder() {
        Person ada = heliograph.person("ada");
        Person grace = heliograph.person("grace");
        Api gateway = heliograph.gateway();
        List<UUID> rooms = Stream.generate(() -> gateway.as(ada).room("private", grace))
                .limit(3)
                .toList();
        UUID[] all = rooms.toArray(UUID[]::new);
        List<Subscriber> subscribers = Stream.of(heliograph.messages(0), heliograph.messages(1), gateway)
                .flatMap(way -> Stream.of(Subscriber.of(way, ada, all), Subscriber.of(way, grace, all)))
                .toList();

        sendAll(rooms, ada, grace);

        await().until(() -> subscribers.stream().allMatch(subscriber -> subscriber.count() >= MESSAGES));
        int stored = 0;
        for (UUID room : rooms) {
            List<JsonNode> history = gateway.as(ada).history(room);
            stored += history.size();
            Order.assertGapless(history);
            subscribers.forEach(subscriber -> subscriber.assertSees(room, history));
        }
        assertEquals(MESSAGES, stored);
        assertTrue(subscribers.stream().allMatch(subscriber -> subscriber.reconnects() == 0), subscribers::toString);
        subscribers.forEach(Subscriber::close);
    }

    /** Half of the senders over REST and half over sockets, spread over the gateway and both replicas. */
    private void sendAll(List<UUID> rooms, Person ada, Person grace) {
        List<Api> ways = List.of(heliograph.gateway(), heliograph.messages(0), heliograph.messages(1));
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            Api way = ways.get(sender % ways.size());
            Person person = sender % 4 < 2 ? ada : grace;
            String name = "sender-" + sender;
            senders.add(CompletableFuture.runAsync(
                    sender % 2 == 0
                            ? () -> overRest(way.as(person), name, rooms)
                            : () -> overSocket(way, person, name, rooms),
                    task -> new Thread(task, name).start()));
        }
        senders.forEach(CompletableFuture::join);
    }

    private static void overRest(Api api, String name, List<UUID> rooms) {
        eachMessage(rooms, (room, clientId) -> api.send(room, name + clientId, "by REST")
                .expect(201));
    }

    private static void overSocket(Api api, Person person, String name, List<UUID> rooms) {
        try (Subscriber sender = Subscriber.of(api, person)) {
            eachMessage(rooms, (room, clientId) -> sender.send(room, name + clientId, "by socket")
                    .join());
        }
    }

    private interface Sending {
        void send(UUID room, String clientId);
    }

    private static void eachMessage(List<UUID> rooms, Sending sending) {
        IntStream.range(0, MESSAGES / SENDERS)
                .forEach(number -> sending.send(rooms.get(number % rooms.size()), "-" + number));
    }
}
