package io.heliograph.e2e.property;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import io.heliograph.testsupport.Socket;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A user who follows rooms from their first revision on one socket, and keeps leaving, joining again and changing the
 * replica, always with the last revision seen. Used by one thread at a time.
 */
final class Listener {

    private final Heliograph heliograph;
    private final Person person;
    private final Random random;
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    /** The responses to the latest joins; frames before them belong to an earlier join. */
    private final Map<String, JsonNode> joined = new HashMap<>();

    private Socket socket;
    private int read;
    private int joins;

    Listener(Heliograph heliograph, Person person, List<UUID> rooms, Random random) {
        this.heliograph = heliograph;
        this.person = person;
        this.random = random;
        rooms.forEach(room -> pictures.put(room.toString(), new Picture(room)));
    }

    /** One turn: applies received frames, reconnects if needed, and sometimes disconnects for a moment. */
    void step() {
        Processes.pause(random.nextInt(150));
        try {
            absorb();
            if (socket == null || socket.closeCode().isPresent()) {
                comeBack();
            }
            move();
        } catch (CompletionException unanswered) {
            Unanswered.check(unanswered);
            hangUp();
        }
    }

    /** The same without disconnecting. */
    void keepUp() {
        try {
            absorb();
            if (socket == null || socket.closeCode().isPresent()) {
                comeBack();
            }
        } catch (CompletionException unanswered) {
            Unanswered.check(unanswered);
            hangUp();
        }
    }

    Collection<Picture> pictures() {
        return pictures.values();
    }

    Person person() {
        return person;
    }

    int joins() {
        return joins;
    }

    void hangUp() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void move() {
        Picture picture = List.copyOf(pictures.values()).get(random.nextInt(pictures.size()));
        switch (random.nextInt(12)) {
            case 0 -> hangUp();
            case 1 -> {
                leave(picture);
                Processes.pause(random.nextInt(300));
                join(picture);
            }
            case 2 -> {
                leave(picture);
                join(picture);
            }
            // It replaces the one there is.
            case 3 -> join(picture);
            default -> {}
        }
    }

    private void comeBack() {
        hangUp();
        socket = heliograph.messages(random.nextInt(2)).socket(person);
        read = 0;
        joined.clear();
        pictures.values().forEach(this::join);
    }

    private void join(Picture picture) {
        joins++;
        JsonNode answer = ask(Map.of("type", "join", "room", picture.room(), "after", picture.rev()));
        if (answer.get("type").asText().equals("error")) {
            Unanswered.check(answer.get("code").textValue(), answer);
            throw new CompletionException(new IllegalStateException("come back: " + answer));
        }
        joined.put(picture.room().toString(), answer);
        picture.joined();
    }

    private void leave(Picture picture) {
        ask(Map.of("type", "leave", "room", picture.room()));
        absorb();
    }

    private JsonNode ask(Map<String, ?> request) {
        return socket.request(request).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void absorb() {
        if (socket == null) {
            return;
        }
        List<JsonNode> frames = socket.frames();
        while (read < frames.size()) {
            absorb(frames.get(read++));
        }
    }

    private void absorb(JsonNode frame) {
        String type = frame.get("type").textValue();
        String room = frame.path("room").asText();
        if (joined.containsKey(room)) {
            joined.remove(room, frame);
        } else if (Picture.CHANGES.contains(type)) {
            pictures.get(room).apply(frame);
        } else if (type.equals("left") && !frame.has("id")) {
            throw new AssertionError("turned out of the room: " + frame);
        } else if (type.equals("resync")) {
            resync(pictures.get(room), frame);
        }
    }

    private void resync(Picture picture, JsonNode frame) {
        if (frame.get("after").asLong() != picture.rev()) {
            throw new AssertionError("got everything up to " + picture.rev() + ", and " + frame);
        }
        join(picture);
    }
}
