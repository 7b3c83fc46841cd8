package io.heliograph.message.websocket;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Runs the requests of one socket per room in the order of their arrival. A send does not wait for earlier sends, since
 * they are stored in their order anyway; any other request begins when all earlier requests have their replies. Rooms
 * are independent, so that a locked room does not delay the others. The number of waiting requests is bounded by the
 * {@link InFlightLimit}. Used only on the event loop of the socket.
 */
final class RoomRequestQueue {

    /** The future completes on the event loop, once the request has its reply. */
    private record Task(boolean isSend, Supplier<Future<Void>> work) {}

    private static final class RoomQueue {
        private final ArrayDeque<Task> waiting = new ArrayDeque<>();
        private int underWay;
        private boolean sending;

        private boolean mayBegin(Task next) {
            return underWay == 0 || (sending && next.isSend);
        }
    }

    private final InFlightLimit inFlight;
    private final Map<UUID, RoomQueue> rooms = new HashMap<>();

    RoomRequestQueue(InFlightLimit inFlight) {
        this.inFlight = inFlight;
    }

    void send(UUID room, Supplier<Future<Void>> work) {
        add(room, new Task(true, work));
    }

    void request(UUID room, Supplier<Future<Void>> work) {
        add(room, new Task(false, work));
    }

    /** Queues a request whose work is synchronous. */
    void request(UUID room, Runnable work) {
        request(room, () -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    /** Drops the requests that have not begun. */
    void close() {
        rooms.values().forEach(queue -> queue.waiting.clear());
    }

    private void add(UUID room, Task task) {
        inFlight.begin();
        RoomQueue queue = rooms.computeIfAbsent(room, id -> new RoomQueue());
        queue.waiting.add(task);
        advance(room, queue);
    }

    private void advance(UUID room, RoomQueue queue) {
        while (!queue.waiting.isEmpty() && queue.mayBegin(queue.waiting.peek())) {
            Task next = queue.waiting.remove();
            queue.underWay++;
            queue.sending = next.isSend;
            next.work.get().onComplete(done -> {
                queue.underWay--;
                inFlight.end();
                advance(room, queue);
            });
        }
        if (queue.underWay == 0 && queue.waiting.isEmpty()) {
            rooms.remove(room, queue);
        }
    }
}
