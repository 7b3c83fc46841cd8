package io.heliograph.e2e.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.property.Ledger.Attempt;
import io.heliograph.e2e.property.Ledger.Key;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A user who acts in rooms at random, over REST and the socket and on either replica, and repeats sends whether
 * or not they were answered. Used by one thread at a time.
 */
final class Writer {

    private static final List<String> EMOJI = List.of("%F0%9F%91%8D", "%F0%9F%8E%89", "%F0%9F%9A%80");

    private final Person person;
    private final List<UUID> rooms;
    private final Random random;
    private final Ledger ledger;
    private final Line line;
    /** Sends that go together, as they are to be repeated. */
    private final List<List<Attempt>> bundles = new ArrayList<>();

    Writer(Person person, List<UUID> rooms, Random random, Ledger ledger, Line line) {
        this.person = person;
        this.rooms = rooms;
        this.random = random;
        this.ledger = ledger;
        this.line = line;
    }

    void step() {
        Processes.pause(random.nextInt(20));
        int dice = random.nextInt(100);
        if (dice < 25) {
            send(fresh(1));
        } else if (dice < 35) {
            send(fresh(2 + random.nextInt(20)));
        } else if (dice < 45) {
            scatter(fresh(2 + random.nextInt(20)));
        } else if (dice < 65) {
            repeat();
        } else {
            acknowledged().ifPresent(attempt -> change(attempt, dice));
        }
    }

    /** Repeats unanswered sends until they are answered. */
    void settle() {
        for (List<Attempt> bundle : List.copyOf(bundles)) {
            while (bundle.stream().anyMatch(attempt -> attempt.answer() == null)) {
                send(bundle);
            }
        }
        line.hangUp();
    }

    private List<Attempt> fresh(int size) {
        UUID room = rooms.get(random.nextInt(rooms.size()));
        List<Attempt> bundle = IntStream.range(0, size)
                .mapToObj(n -> ledger.attempt(
                        new Key(room, person.id(), UUID.randomUUID().toString()),
                        person.username() + " says " + Integer.toString(random.nextInt(), 36)))
                .toList();
        bundles.add(bundle);
        return bundle;
    }

    private void repeat() {
        if (!bundles.isEmpty()) {
            // The latest may still be in flight.
            int from = random.nextBoolean() ? 0 : Math.max(0, bundles.size() - 3);
            send(bundles.get(from + random.nextInt(bundles.size() - from)));
        }
    }

    private void send(List<Attempt> bundle) {
        if (bundle.size() > 1) {
            sendBatch(bundle);
        } else if (random.nextBoolean()) {
            burst(bundle);
        } else {
            Attempt only = bundle.get(0);
            line.post(path(only), message(only)).ifPresent(result -> {
                result.expect("");
                ledger.acknowledge(only, result.body());
            });
        }
    }

    private void sendBatch(List<Attempt> bundle) {
        Map<String, Object> body =
                Map.of("messages", bundle.stream().map(Writer::message).toList());
        line.post(path(bundle.get(0)) + "/batch", body).ifPresent(result -> {
            result.expect("");
            JsonNode messages = result.body().get("messages");
            for (int i = 0; i < bundle.size(); i++) {
                ledger.acknowledge(bundle.get(i), messages.get(i));
                assertEquals(
                        result.body().get("firstSeq").asLong() + i,
                        messages.get(i).get("seq").asLong(),
                        "something came between the messages of a batch");
            }
        });
    }

    /** From now on each is a send of its own; the room has to keep them in their order. */
    private void scatter(List<Attempt> bundle) {
        bundles.remove(bundle);
        bundle.forEach(attempt -> bundles.add(List.of(attempt)));
        burst(bundle);
        if (bundle.stream().allMatch(attempt -> attempt.answer() != null)) {
            List<Long> seqs =
                    bundle.stream().map(attempt -> attempt.answer().seq()).toList();
            assertEquals(seqs.stream().sorted().toList(), seqs, "one overtook another");
        }
    }

    /** One after another over the socket, without waiting for answers. */
    private void burst(List<Attempt> bundle) {
        List<Optional<Line.Result>> answers =
                line.send(bundle.stream().map(Writer::frame).toList());
        for (int i = 0; i < bundle.size(); i++) {
            Attempt attempt = bundle.get(i);
            answers.get(i).ifPresent(result -> {
                result.expect("");
                ledger.acknowledge(attempt, result.body());
            });
        }
    }

    private Optional<Attempt> acknowledged() {
        List<Attempt> candidates = bundles.stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.answer() != null)
                .toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    private void change(Attempt attempt, int dice) {
        long seq = attempt.answer().seq();
        String place = path(attempt) + "/" + seq;
        if (dice < 70) {
            line.post(path(attempt), Map.of("clientId", attempt.key.clientId(), "content", "something else"))
                    .ifPresent(result -> result.expect("client_id_reused"));
        } else if (dice < 80) {
            Map<String, String> edit = Map.of("content", "edited " + random.nextInt(3));
            line.call("PATCH", place, edit).ifPresent(result -> changed(attempt, result));
        } else if (dice < 85) {
            line.call("DELETE", place, null).ifPresent(result -> {
                result.expect("");
                ledger.deleted(attempt.key.room(), seq);
            });
        } else {
            // Of any message up to there, also of another user.
            String reaction = path(attempt) + "/" + (1 + random.nextInt((int) seq)) + "/reactions/"
                    + EMOJI.get(random.nextInt(EMOJI.size()));
            line.call(dice < 95 ? "PUT" : "DELETE", reaction, null).ifPresent(result -> changed(attempt, result));
        }
    }

    private void changed(Attempt attempt, Line.Result result) {
        if (result.code().isEmpty()) {
            ledger.changed(attempt.key.room(), result.body());
        } else {
            result.expect("message_deleted");
        }
    }

    private static String path(Attempt attempt) {
        return "/api/rooms/" + attempt.key.room() + "/messages";
    }

    private static Map<String, String> message(Attempt attempt) {
        return Map.of("clientId", attempt.key.clientId(), "content", attempt.content);
    }

    private static Map<String, String> frame(Attempt attempt) {
        return Map.of(
                "type",
                "send",
                "room",
                attempt.key.room().toString(),
                "clientId",
                attempt.key.clientId(),
                "content",
                attempt.content);
    }
}
