package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Order;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.e2e.testsupport.Subscriber;
import io.heliograph.localstack.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        victim.start();
        heliograph.awaitReady();
    }

    @Test
    void shouldLoseNothingAcknowledgedAndLetClientsComeBackElsewhere() {
        Person ada = heliograph.person("ada");
        Api gateway = heliograph.gateway();
        UUID room = gateway.as(ada).room("private");
        List<Subscriber> subscribers = IntStream.range(0, 6)
                .mapToObj(number -> Subscriber.of(gateway, ada, room))
                .toList();

        List<CompletableFuture<Void>> senders = startSending(gateway.as(ada), room);
        await().until(() -> acknowledged.size() > SENDERS * MESSAGES_EACH / 3);
        victim.kill();
        assertTrue(acknowledged.size() < SENDERS * MESSAGES_EACH, "the traffic was over before the kill");
        senders.forEach(CompletableFuture::join);
        subscribers.forEach(Subscriber::keepUp);

        List<JsonNode> history = gateway.as(ada).history(room);
        await().untilAsserted(() -> {
            subscribers.forEach(Subscriber::keepUp);
            subscribers.forEach(subscriber ->
                    assertEquals(history.size(), subscriber.messages().size(), subscriber::toString));
        });
        Order.assertGapless(history);
        assertEquals(acknowledged, clientIds(history));
        subscribers.forEach(subscriber -> Order.assertSame(history, subscriber.messages()));
        assertTrue(
                subscribers.stream().anyMatch(subscriber -> subscriber.reconnects() > 0),
                "nobody was on the killed replica");
        subscribers.forEach(Subscriber::close);
    }

    private List<CompletableFuture<Void>> startSending(Api api, UUID room) {
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "sender-" + sender;
            senders.add(CompletableFuture.runAsync(
                    () -> IntStream.range(0, MESSAGES_EACH)
                            .forEach(number -> sendUntilAcknowledged(api, room, name + "-" + number)),
                    task -> new Thread(task, name).start()));
        }
        return senders;
    }

    /** As a client does: the same client id again until there is an answer. */
    private void sendUntilAcknowledged(Api api, UUID room, String clientId) {
        await().pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO).until(() -> answered(api, room, clientId));
        acknowledged.add(clientId);
    }

    private static boolean answered(Api api, UUID room, String clientId) {
        try {
            Reply reply = api.send(room, clientId, "through thick and thin");
            assertTrue(reply.status() == 201 || reply.status() >= 500, reply.toString());
            return reply.status() == 201;
        } catch (CompletionException connectionLost) {
            return false;
        }
    }

    private static Set<String> clientIds(List<JsonNode> history) {
        return history.stream().map(message -> message.get("clientId").asText()).collect(Collectors.toSet());
    }
}
