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
import io.heliograph.localstack.stack.ServiceProcess;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class ReplicaDeathTest {

    private static final int SENDERS = 4;
    private static final int MESSAGES_EACH = 150;

    private final Heliograph heliograph;
    private final ServiceProcess victim;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    ReplicaDeathTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.victim = heliograph.messageProcess(1);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldLoseNoAcknowledgedMessageAndLetClientsReconnectElsewhere() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway();
        UUID room = gateway.as(ada).room("private");
        List<Subscriber> subscribers = IntStream.range(0, 6)
                .mapToObj(number -> Subscriber.of(gateway, ada, room))
                .toList();

        List<CompletableFuture<Void>> senders = startSending(room, subscribers);
        await().until(() -> acknowledged.size() > SENDERS * MESSAGES_EACH / 3);
        victim.kill();
        assertTrue(acknowledged.size() < SENDERS * MESSAGES_EACH, "the traffic was over before the kill");
        senders.forEach(CompletableFuture::join);

        List<JsonNode> history = gateway.as(ada).history(room);
        Order.assertGapless(history);
        assertEquals(acknowledged, clientIds(history));
        subscribers.forEach(subscriber -> subscriber.assertSees(room, history));
        assertTrue(
                subscribers.stream().anyMatch(subscriber -> subscriber.reconnects() > 0),
                "no client was on the killed replica");
        subscribers.forEach(Subscriber::close);
    }

    private List<CompletableFuture<Void>> startSending(UUID room, List<Subscriber> subscribers) {
        return IntStream.range(0, SENDERS)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> sendAll(room, subscribers.get(number), "sender-" + number),
                        task -> new Thread(task).start()))
                .toList();
    }

    private void sendAll(UUID room, Subscriber subscriber, String name) {
        for (int number = 0; number < MESSAGES_EACH; number++) {
            String clientId = name + "-" + number;
            subscriber.send(room, clientId, "through thick and thin").join();
            acknowledged.add(clientId);
        }
    }

    private static Set<String> clientIds(List<JsonNode> history) {
        return history.stream().map(message -> message.get("clientId").asText()).collect(Collectors.toSet());
    }
}
