package io.heliograph.e2e.testsupport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many users who follow some rooms, and senders there at a steady rate until they are stopped. */
public final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Api> replicas;
    private final List<Person> people;
    private final List<UUID> rooms;
    private final List<Follower> followers = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private volatile boolean sending = true;

    private Crowd(List<Api> replicas, List<Person> people, List<UUID> rooms) {
        this.replicas = replicas;
        this.people = people;
        this.rooms = rooms;
    }

    /** At the two message-services themselves; all of the people are in all of the rooms. */
    public static Crowd of(Heliograph heliograph, int people, int rooms) {
        return of(heliograph, List.of(heliograph.messages(0), heliograph.messages(1)), people, rooms);
    }

    /** The same at the two gateways. */
    public static Crowd atTheDoor(Heliograph heliograph, int people, int rooms) {
        return of(heliograph, List.of(heliograph.gateway(0), heliograph.gateway(1)), people, rooms);
    }

    private static Crowd of(Heliograph heliograph, List<Api> replicas, int people, int rooms) {
        List<Person> all = IntStream.range(0, people)
                .parallel()
                .mapToObj(number -> heliograph.person("crowd-" + number))
                .toList();
        Person[] others = all.stream().skip(1).toArray(Person[]::new);
        Api first = replicas.get(0).as(all.get(0));
        List<UUID> places = Stream.generate(() -> first.room("private", others))
                .limit(rooms)
                .toList();
        return new Crowd(replicas, all, places);
    }

    /** Adds followers, spread over rooms and users; they have joined on this replica when it returns. */
    public List<Follower> follow(int replica, int number) {
        List<Follower> more = IntStream.range(0, number)
                .mapToObj(each -> Follower.of(
                        replicas,
                        replica,
                        people.get(each / rooms.size() % people.size()),
                        rooms.get(each % rooms.size())))
                .toList();
        followers.addAll(more);
        await().atMost(PATIENCE).until(() -> more.stream().allMatch(follower -> follower.isOn(replica)));
        return more;
    }

    /** Sends to each room over REST to this replica, one message each {@code interval}, none of which may fail. */
    public void send(int replica, Duration interval) {
        Api api = replicas.get(replica).as(people.get(0));
        Thread sender = new Thread(
                () -> {
                    for (int number = 0; sending; number++) {
                        String clientId = "to-" + replica + "-at-" + System.nanoTime() + "-" + number;
                        rooms.forEach(room -> send(api, room, clientId));
                        pause(interval);
                    }
                },
                "sender-" + replica);
        senders.add(sender);
        sender.start();
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    public void stopSending() {
        sending = false;
        for (Thread sender : senders) {
            try {
                sender.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        senders.clear();
        sending = true;
    }

    /** Fails unless no send failed, and every follower has seen all that was acknowledged, each once, in one order. */
    public void assertComplete(int replica) {
        stopSending();
        assertEquals(Set.of(), failures);
        Map<UUID, List<JsonNode>> stored = new HashMap<>();
        rooms.forEach(
                room -> stored.put(room, replicas.get(replica).as(people.get(0)).history(room)));
        stored.values().forEach(Order::assertGapless);
        assertEquals(
                acknowledged,
                stored.entrySet().stream()
                        .flatMap(room -> room.getValue().stream()
                                .map(message -> room.getKey() + " "
                                        + message.get("clientId").asText()))
                        .collect(Collectors.toSet()));
        await().atMost(PATIENCE).until(() -> followers.stream()
                .allMatch(follower -> follower.messages().size()
                        >= stored.get(follower.room()).size()));
        followers.forEach(follower -> Order.assertSame(stored.get(follower.room()), follower.messages()));
        assertTrue(acknowledged.size() > rooms.size(), "there was hardly any traffic");
    }

    @Override
    public void close() {
        stopSending();
        followers.forEach(Follower::close);
    }

    private void send(Api api, UUID room, String clientId) {
        try {
            Reply reply = api.send(room, clientId, "through thick and thin");
            if (reply.status() == 201) {
                acknowledged.add(room + " " + clientId);
            } else {
                failures.add(reply.toString());
            }
        } catch (RuntimeException broken) {
            failures.add(broken.toString());
        }
    }

    private static void pause(Duration interval) {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
