package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The REST calls that concern no single room. */
final class ClientCalls {

    private final ClientCore core;

    ClientCalls(ClientCore core) {
        this.core = core;
    }

    CompletableFuture<User> register(NewAccount account) {
        return core.http()
                .call(ApiCall.post("/api/auth/register", account), Authorization.NONE)
                .thenApply(answer -> Json.read(answer, User.class));
    }

    CompletableFuture<Room> createRoom(NewRoom room) {
        return created(ApiCall.post("/api/rooms", room));
    }

    /** Returns the same room for each request. */
    CompletableFuture<Room> directRoom(String user) {
        Map<String, ?> room = Map.of("kind", RoomKind.DIRECT, "members", List.of(user));
        return created(ApiCall.post("/api/rooms", room).repeatable());
    }

    private CompletableFuture<Room> created(ApiCall call) {
        return core.call(call).thenApply(answer -> learn(Json.read(answer, RoomInfo.class)));
    }

    CompletableFuture<Page<RoomInfo>> directory(String query, PageRequest page) {
        return page("/api/rooms", page, Map.of("visibility", "public"), "query", query, RoomInfo.class);
    }

    CompletableFuture<Page<Message>> search(String words, String room, PageRequest page) {
        return page("/api/messages/search", page, Map.of("q", words), "room", room, Message.class);
    }

    CompletableFuture<Page<User>> findUsers(String text, PageRequest page) {
        return page("/api/users", page, Map.of("query", text), "", null, User.class);
    }

    private Room learn(RoomInfo info) {
        return core.context().get(() -> {
            Room room = core.room(info.id());
            room.state().learn(info, null);
            return room;
        });
    }

    private <T> CompletableFuture<Page<T>> page(
            String path, PageRequest page, Map<String, String> fixed, String name, String value, Class<T> type) {
        Map<String, Object> query = new HashMap<>(RoomCalls.query(page));
        query.putAll(fixed);
        query.put(name, value);
        CompletableFuture<JsonNode> answer = core.call(ApiCall.get(path).withQuery(query));
        return answer.thenApply(json -> Json.readPage(json, type));
    }
}
