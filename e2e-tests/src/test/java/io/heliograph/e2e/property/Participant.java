package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.client.Ack;
import io.heliograph.client.BackoffSettings;
import io.heliograph.client.ClientOptions;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.HeliographException;
import io.heliograph.client.Message;
import io.heliograph.client.NewMessage;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.e2e.property.Ledger.Answer;
import io.heliograph.e2e.property.Ledger.Attempt;
import io.heliograph.e2e.property.Ledger.Key;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A user of the client for Java, through the gateway: follows rooms from their first revision, writes there, and
 * disconnects for moments. The client repeats unanswered requests and fetches missed changes. Used by one thread at a
 * time.
 */
final class Participant {

    private static final BackoffSettings BACKOFF = new BackoffSettings(Duration.ofMillis(50), Duration.ofSeconds(1));
    private static final List<String> EMOJI = List.of("\uD83D\uDC4D", "\uD83C\uDF89");

    /** A participant sends no more calls while so many are pending. */
    private static final int MAX_OPEN = 30;

    private final Person person;
    private final Random random;
    private final Ledger ledger;
    private final HeliographClient client;
    private final Map<Room, Picture> pictures = new LinkedHashMap<>();
    private final List<Attempt> acknowledged = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Participant(Heliograph heliograph, Person person, List<UUID> rooms, Random random, Ledger ledger) {
        this.person = person;
        this.random = random;
        this.ledger = ledger;
        this.client = new HeliographClient(ClientOptions.at(heliograph.gateway().address())
                .backoff(BACKOFF)
                .tokenProvider(() -> CompletableFuture.completedFuture(person.token())));
        client.resume().join();
        rooms.forEach(this::follow);
    }

    private void follow(UUID id) {
        Room room = client.room(id.toString());
        Picture picture = new Picture(id);
        pictures.put(room, picture);
        room.on(RoomEvent.class, event -> {
            try {
                apply(picture, event);
            } catch (RuntimeException | Error wrong) {
                failures.add(wrong);
            }
        });
        room.subscribe(0).join();
    }

    private static void apply(Picture picture, RoomEvent event) {
        if (event instanceof RoomEvent.MessageAdded added) {
            picture.apply(added.message(), true);
        } else if (event instanceof RoomEvent.MessageUpdated updated) {
            picture.apply(updated.message(), false);
        } else if (event instanceof RoomEvent.MessageDeleted deleted) {
            picture.apply(deleted.message(), false);
        } else if (event instanceof RoomEvent.ReactionChanged change) {
            picture.apply(change);
        } else if (event instanceof RoomEvent.Left
                || event instanceof RoomEvent.Refused
                || event instanceof RoomEvent.Reset) {
            throw new AssertionError("no action caused this event: " + event);
        }
    }

    void step() {
        Processes.pause(random.nextInt(100));
        Room room = List.copyOf(pictures.keySet()).get(random.nextInt(pictures.size()));
        open.removeIf(CompletableFuture::isDone);
        int dice = random.nextInt(100);
        if (dice < 5) {
            room.unsubscribe();
            Processes.pause(random.nextInt(300));
            room.subscribe();
        } else if (dice < 10) {
            client.close();
            Processes.pause(random.nextInt(300));
            client.connect();
        } else if (open.size() < MAX_OPEN) {
            ask(room, dice);
        }
    }

    private void ask(Room room, int dice) {
        if (dice < 60 || acknowledged.isEmpty()) {
            send(room);
        } else {
            Attempt mine = acknowledged.get(random.nextInt(acknowledged.size()));
            change(client.room(mine.key.room().toString()), mine.answer().seq(), dice);
        }
    }

    private void send(Room room) {
        Attempt attempt = ledger.attempt(
                new Key(
                        UUID.fromString(room.id()),
                        person.id(),
                        UUID.randomUUID().toString()),
                person.username() + " says " + Integer.toString(random.nextInt(), 36));
        NewMessage message = NewMessage.of(attempt.content).withClientId(attempt.key.clientId());
        CompletableFuture<Ack> ack = room.send(message);
        track(ack, answer -> {
            ledger.acknowledge(attempt, new Answer(answer.seq(), answer.rev(), answer.createdAt()));
            acknowledged.add(attempt);
        });
    }

    private void change(Room room, long seq, int dice) {
        Consumer<Message> changed = message -> ledger.changed(UUID.fromString(room.id()), message.seq(), message.rev());
        if (dice < 75) {
            track(room.edit(seq, "edited by the client " + random.nextInt(3)), changed);
        } else if (dice < 80) {
            track(room.delete(seq), nothing -> ledger.deleted(UUID.fromString(room.id()), seq));
        } else {
            String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
            track(dice < 95 ? room.react(seq, emoji) : room.unreact(seq, emoji), changed);
        }
    }

    /** Calls may fail during a minute of faults, or because the message is deleted. */
    private <T> void track(CompletableFuture<T> call, Consumer<T> answered) {
        open.add(call.thenAccept(answered).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof HeliographException refusal
                    && (refusal.isTransient() || refusal.code().equals("message_deleted"))) {
                ledger.failed();
            } else {
                failures.add(cause);
            }
            return null;
        }));
    }

    /** Waits for all answers. */
    void settle() {
        open.forEach(CompletableFuture::join);
    }

    Collection<Picture> pictures() {
        return pictures.values();
    }

    /** Fails unless all calls succeeded, it has reached the ends of its rooms, and its state is that of its events. */
    void assertAtTheEnd(ToLongFunction<UUID> revs) {
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(List.of(), client.pending());
        pictures.forEach((room, picture) -> {
            assertEquals(revs.applyAsLong(picture.room()), room.rev().orElseThrow());
            assertEquals(
                    picture.entries().values().stream()
                            .collect(Collectors.toMap(Picture.Entry::seq, Picture.Entry::rev)),
                    room.messages().stream().collect(Collectors.toMap(Message::seq, Message::rev)));
        });
    }

    void hangUp() {
        client.close();
    }
}
