package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Socket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A user who follows one room; a test has many of them. When the connection ends it comes back by itself, as the
 * protocol asks of a client: to the other replica, at the given time, with the last revision seen.
 */
public final class Follower implements AutoCloseable {

    /** The end of one connection. */
    public record Departure(int code, long atMillis, Optional<Long> reconnectAfterMillis) {}

    /** The answer to an opening that did not succeed; without one the status is 0. */
    public record Rejection(int status, Optional<Long> retryAfterSeconds) {}

    /** How long a client whose connection breaks without a word waits before it comes back, at most. */
    private static final int PAUSE_MILLIS = 200;

    /** So many come back at once; the machine of the test has a few cores only. */
    private static final ScheduledExecutorService COMING_BACK = Executors.newScheduledThreadPool(64, task -> {
        Thread thread = new Thread(task, "coming-back");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Api> replicas;
    private final Person person;
    private final UUID room;
    private final List<JsonNode> seenBefore = new ArrayList<>();
    private final List<Departure> departures = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int replica;
    private Socket socket;
    private boolean over;

    private Follower(List<Api> replicas, int replica, Person person, UUID room) {
        this.replicas = replicas;
        this.replica = replica;
        this.person = person;
        this.room = room;
    }

    /** One that is about to join the room from its beginning, on this one of two replicas. */
    static Follower of(List<Api> replicas, int replica, Person person, UUID room) {
        Follower follower = new Follower(replicas, replica, person, room);
        COMING_BACK.execute(() -> follower.connect(replica));
        return follower;
    }

    public UUID room() {
        return room;
    }

    /** Whether it is in the room, on this replica. */
    public synchronized boolean isOn(int wanted) {
        return socket != null && replica == wanted;
    }

    /** Everything seen of the room, over all connections. */
    public synchronized List<JsonNode> messages() {
        List<JsonNode> all = new ArrayList<>(seenBefore);
        if (socket != null) {
            all.addAll(socket.messages(room));
        }
        return all;
    }

    public synchronized List<Departure> departures() {
        return List.copyOf(departures);
    }

    public synchronized List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    @Override
    public synchronized void close() {
        over = true;
        if (socket != null) {
            socket.close();
        }
    }

    private void connect(int where) {
        try {
            Socket opened = Socket.of(replicas.get(where).address(), person.token());
            JsonNode joined = opened.join(room, lastSeen());
            if (!joined.get("type").asText().equals("joined")) {
                opened.close();
                throw new CompletionException(new IllegalStateException(joined.toString()));
            }
            settle(opened, where);
        } catch (CompletionException refused) {
            again(where, rejection(refused.getCause()));
        }
    }

    private synchronized void settle(Socket opened, int where) {
        socket = opened;
        replica = where;
        if (over) {
            opened.close();
        } else {
            opened.closed().thenAcceptAsync(code -> left(opened, code), COMING_BACK);
        }
    }

    private synchronized void left(Socket gone, int code) {
        if (over) {
            return;
        }
        seenBefore.addAll(gone.messages(room));
        socket = null;
        Optional<Long> delay = gone.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("drain"))
                .map(frame -> frame.get("reconnectAfterMs").asLong())
                .findFirst();
        departures.add(new Departure(code, System.currentTimeMillis(), delay));
        int other = 1 - replica;
        COMING_BACK.schedule(() -> connect(other), delay.orElseGet(Follower::pause), TimeUnit.MILLISECONDS);
    }

    private synchronized void again(int where, Rejection rejection) {
        rejections.add(rejection);
        long delay =
                rejection.retryAfterSeconds().map(seconds -> seconds * 1000).orElse(0L) + pause();
        COMING_BACK.schedule(() -> connect(where), delay, TimeUnit.MILLISECONDS);
    }

    private synchronized long lastSeen() {
        return seenBefore.isEmpty()
                ? 0
                : seenBefore.get(seenBefore.size() - 1).get("rev").asLong();
    }

    private static long pause() {
        return ThreadLocalRandom.current().nextLong(PAUSE_MILLIS);
    }

    private static Rejection rejection(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            var headers = refused.getResponse().headers();
            Optional<Long> after =
                    headers.firstValueAsLong("Retry-After").stream().boxed().findFirst();
            return new Rejection(refused.getResponse().statusCode(), after);
        }
        return new Rejection(0, Optional.empty());
    }
}
