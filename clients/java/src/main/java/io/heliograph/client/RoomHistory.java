package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Loads the history of a room from its end backwards, a page at a time. Guarded by the lock of the client. */
final class RoomHistory {

    /** Attempts at a page: one from a replica that is behind is requested again. */
    private static final int ATTEMPTS = 5;

    private static final long PAUSE_MILLIS = 200;

    private final String path;
    private final RoomHost host;
    private final Timeline timeline;
    private final ReadMarks marks;
    private CompletableFuture<List<Message>> loading;

    RoomHistory(String path, RoomHost host, Timeline timeline, ReadMarks marks) {
        this.path = path;
        this.host = host;
        this.timeline = timeline;
        this.marks = marks;
    }

    /** The next older page, once the room is live. Calls at the same time share a page. */
    CompletableFuture<List<Message>> older(int limit, CompletableFuture<Void> live) {
        if (loading == null) {
            CompletableFuture<List<Message>> page = new CompletableFuture<>();
            loading = page;
            page.whenComplete((messages, failure) -> host.context().run(() -> loading = null));
            host.context().whenDone(live, (nothing, failure) -> {
                if (failure == null) {
                    load(limit, 1, page);
                } else {
                    page.completeExceptionally(failure);
                }
            });
            return page;
        }
        return loading;
    }

    private void load(int limit, int attempt, CompletableFuture<List<Message>> page) {
        Long floor = timeline.floor();
        if (floor == null || floor <= 1) {
            page.complete(List.of());
            return;
        }
        ApiCall call = ApiCall.get(path).withQuery(Map.of("limit", limit, "before", floor));
        host.context().whenDone(host.call(call), (answer, failure) -> {
            if (failure != null) {
                page.completeExceptionally(failure);
                return;
            }
            List<Message> items = Json.readPage(answer, Message.class).items();
            // The floor moves up when the room is so busy that old messages are dropped.
            if (floor.equals(timeline.floor())
                    && !items.isEmpty()
                    && items.get(0).seq() == floor - 1) {
                page.complete(take(items, answer));
            } else if (attempt == ATTEMPTS) {
                page.completeExceptionally(
                        new HeliographException("history_behind", "The history does not reach to what came live yet."));
            } else {
                host.context().schedule(PAUSE_MILLIS, () -> load(limit, attempt + 1, page));
            }
        });
    }

    private List<Message> take(List<Message> items, JsonNode answer) {
        List<Message> older = timeline.prepend(items);
        if (!answer.hasNonNull("next")) {
            timeline.floor(1L);
        }
        older.stream()
                .filter(message -> message.isDeleted() || message.sender().id().equals(host.me()))
                .forEach(message -> marks.skip(message.seq()));
        marks.count();
        return older;
    }
}
