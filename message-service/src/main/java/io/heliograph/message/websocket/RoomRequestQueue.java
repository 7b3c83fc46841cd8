package io.heliograph.message.websocket;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Works off the requests of one socket that concern the same room in the order in which they came. Sends follow each
 * other without waiting, since they are stored in their order anyway; any other request begins when those before it have
 * been answered. Rooms do not wait for each other, so that a locked room holds up no other. What waits is bounded by the
 * {@link InFlightLimit}. Used on the event loop of the socket only.
 */
final class RoomRequestQueue {

    /** The future completes on the event loop, once the request has been answered. */
    private record Step(boolean isSend, Supplier<Future<Void>> work) {}

    private static final class Line {
        private final ArrayDeque<Step> waiting = new ArrayDeque<>();
        private int underWay;
        private boolean sending;

        private boolean mayBegin(Step next) {
            return underWay == 0 || (sending && next.isSend);
        }
    }

    private final InFlightLimit workload;
    private final Map<UUID, Line> lines = new HashMap<>();

    RoomRequestQueue(InFlightLimit workload) {
        this.workload = workload;
    }

    void send(UUID room, Supplier<Future<Void>> work) {
        add(room, new Step(true, work));
    }

    void request(UUID room, Supplier<Future<Void>> work) {
        add(room, new Step(false, work));
    }

    /** The same for what is done at once. */
    void request(UUID room, Runnable work) {
        request(room, () -> {
            work.run();
            return Future.succeededFuture();
        });
    }

    /** What has not begun never will. */
    void end() {
        lines.values().forEach(line -> line.waiting.clear());
    }

    private void add(UUID room, Step step) {
        workload.begin();
        Line line = lines.computeIfAbsent(room, id -> new Line());
        line.waiting.add(step);
        advance(room, line);
    }

    private void advance(UUID room, Line line) {
        while (!line.waiting.isEmpty() && line.mayBegin(line.waiting.peek())) {
            Step next = line.waiting.remove();
            line.underWay++;
            line.sending = next.isSend;
            next.work.get().onComplete(done -> {
                line.underWay--;
                workload.end();
                advance(room, line);
            });
        }
        if (line.underWay == 0 && line.waiting.isEmpty()) {
            lines.remove(room, line);
        }
    }
}
