package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * Somebody who follows one room and comes back with the last revision seen whenever the connection breaks or a
 * {@code resync} ends the subscription, as the protocol asks of a client. What it has seen is the sum over its
 * connections.
 */
public final class Subscriber implements AutoCloseable {

    private final Api api;
    private final Person person;
    private final UUID room;
    private final List<JsonNode> seenBefore = new ArrayList<>();
    private Socket socket;
    private int reconnects;

    private Subscriber(Api api, Person person, UUID room) {
        this.api = api;
        this.person = person;
        this.room = room;
    }

    /** One that has joined at the room's present end. */
    public static Subscriber of(Api api, Person person, UUID room) {
        Subscriber subscriber = new Subscriber(api, person, room);
        subscriber.socket = api.socket(person);
        subscriber.socket.join(room);
        return subscriber;
    }

    /** Everything seen of the room, over all connections. */
    public List<JsonNode> messages() {
        List<JsonNode> all = new ArrayList<>(seenBefore);
        all.addAll(socket.messages(room));
        return all;
    }

    /** Comes back if the connection broke, or the subscription was ended. */
    public void keepUp() {
        boolean broken = socket.closeCode().isPresent();
        if (!broken && !isToResync()) {
            return;
        }
        seenBefore.addAll(socket.messages(room));
        long after = seenBefore.isEmpty()
                ? 0
                : seenBefore.get(seenBefore.size() - 1).get("rev").asLong();
        socket.close();
        socket = Awaitility.await("a new connection").ignoreExceptions().until(() -> back(after), back -> true);
        if (broken) {
            reconnects++;
        }
    }

    private boolean isToResync() {
        return socket.frames().stream()
                .anyMatch(frame -> frame.get("type").asText().equals("resync")
                        && frame.get("room").asText().equals(room.toString()));
    }

    public int reconnects() {
        return reconnects;
    }

    @Override
    public void close() {
        socket.close();
    }

    private Socket back(long after) {
        Socket back = api.socket(person);
        JsonNode answer = back.join(room, after);
        if (!answer.get("type").asText().equals("joined")) {
            back.close();
            throw new IllegalStateException("not joined: " + answer);
        }
        return back;
    }

    /** The state of the connection, for the message of a failed assertion. */
    @Override
    public String toString() {
        List<JsonNode> frames = socket.frames();
        return "subscriber of %s with %d messages, %d reconnects, close code %s, last frames %s"
                .formatted(
                        room,
                        messages().size(),
                        reconnects,
                        socket.closeCode(),
                        frames.subList(Math.max(0, frames.size() - 3), frames.size()));
    }
}
