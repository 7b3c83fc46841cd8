package io.heliograph.e2e.property;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The guarantees of the write path and of delivery under random actions and random faults. Some users act through the
 * client for Java, some with frames and calls that it would not send; at the end the received frames are compared with
 * the rows of PostgreSQL. The seed determines the actions of each user and the faults, but not their timing:
 * {@code -Dheliograph.property.seed=…}, and {@code -Dheliograph.property.seconds=…} for more than the {@value #SECONDS}
 * seconds of a usual run.
 */
@ExtendWith(RunningHeliograph.class)
class WritePathPropertyTest {

    private static final int SECONDS = 20;
    private static final int WRITERS = 4;
    private static final int LISTENERS = 4;
    private static final int PARTICIPANTS = 2;
    private static final int ROOMS = 3;

    private final Heliograph heliograph;
    private final long seed = Long.getLong("heliograph.property.seed", System.nanoTime() % 1_000_000);
    private final Random seeds = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Person> people = new ArrayList<>();
    private final List<UUID> rooms = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private ChangeRecorder recorder;
    private Faults faults;
    private volatile boolean failed;
    private long end;

    WritePathPropertyTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void mend() {
        heliograph.revive();
        listeners.forEach(Listener::hangUp);
        participants.forEach(Participant::hangUp);
        recorder.close();
    }

    @Test
    void shouldKeepEveryGuaranteeUnderRandomActionsAndFaults() {
        recorder = ChangeRecorder.start(heliograph.postgres().port());
        gather();
        try {
            live();
            settle();
            judge();
        } catch (RuntimeException | Error e) {
            throw new AssertionError("with -Dheliograph.property.seed=%d, after %s".formatted(seed, faults.done()), e);
        }
    }

    private void gather() {
        IntStream.range(0, WRITERS).forEach(n -> people.add(heliograph.person("person-" + n)));
        Person[] members = people.toArray(Person[]::new);
        IntStream.range(0, ROOMS)
                .forEach(n -> rooms.add(heliograph.messages(0).as(people.get(0)).room("private", members)));
        for (Person person : people) {
            Random random = random();
            writers.add(new Writer(person, rooms, random, ledger, new Line(heliograph, person, random, ledger)));
        }
        IntStream.range(0, LISTENERS)
                .forEach(n -> listeners.add(new Listener(heliograph, people.get(n), rooms, random())));
        IntStream.range(0, PARTICIPANTS)
                .forEach(n -> participants.add(new Participant(heliograph, people.get(n), rooms, random(), ledger)));
        faults = new Faults(heliograph, recorder, random(), this::isRunning);
    }

    private void live() {
        end = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("heliograph.property.seconds", SECONDS))
                        .toNanos();
        List<CompletableFuture<Void>> all = new ArrayList<>(List.of(start(faults)));
        writers.forEach(writer -> all.add(start(repeatedly(writer::step))));
        listeners.forEach(listener -> all.add(start(repeatedly(listener::step))));
        participants.forEach(participant -> all.add(start(repeatedly(participant::step))));
        all.forEach(CompletableFuture::join);
    }

    /** Each user gets all responses and all stored messages. */
    private void settle() {
        writers.forEach(Writer::settle);
        participants.forEach(Participant::settle);
        List<Verdict> verdicts = rooms.stream().map(this::verdict).toList();
        assertTrue(verdicts.stream().allMatch(verdict -> verdict.size() > 20), "too little happened");
        // Redis is looked for every half second, the heads are every second.
        await().untilAsserted(() -> {
            listeners.forEach(Listener::keepUp);
            listeners.stream()
                    .flatMap(listener -> listener.pictures().stream())
                    .forEach(picture ->
                            assertEquals(recorder.heads(picture.room()).rev(), picture.rev()));
            participants.forEach(participant ->
                    participant.assertAtTheEnd(room -> recorder.heads(room).rev()));
        });
    }

    /** The rooms as each follower knows them. */
    private Stream<Picture> pictures() {
        return Stream.concat(
                listeners.stream().flatMap(listener -> listener.pictures().stream()),
                participants.stream().flatMap(participant -> participant.pictures().stream()));
    }

    private void judge() {
        for (UUID room : rooms) {
            Verdict verdict = verdict(room);
            verdict.assertGapless();
            verdict.assertAcknowledged();
            verdict.assertInOrder();
            verdict.assertChanged();
            pictures().filter(picture -> picture.room().equals(room)).forEach(verdict::assertSeen);
        }
        assertTrue(ledger.repetitions() > 0, "nothing was repeated");
        assertTrue(listeners.stream().allMatch(listener -> listener.joins() > ROOMS), "a listener did not come back");
    }

    private Verdict verdict(UUID room) {
        return new Verdict(room, ledger, recorder);
    }

    private CompletableFuture<Void> start(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task).start())
                .whenComplete((done, failure) -> failed |= failure != null);
    }

    private Runnable repeatedly(Runnable step) {
        return () -> {
            while (isRunning()) {
                step.run();
            }
        };
    }

    private boolean isRunning() {
        return !failed && System.nanoTime() - end < 0;
    }

    private Random random() {
        return new Random(seeds.nextLong());
    }
}
