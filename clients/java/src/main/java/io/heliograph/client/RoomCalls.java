package io.heliograph.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The REST calls of a room. */
final class RoomCalls {

    private final String room;
    private final RoomHost host;

    RoomCalls(String room, RoomHost host) {
        this.room = room;
        this.host = host;
    }

    String path(String rest) {
        return "/api/rooms/" + ApiCall.encode(room) + rest;
    }

    CompletableFuture<Message> change(long seq, Map<String, ?> change) {
        return message(ApiCall.of("PATCH", path("/messages/" + seq), change));
    }

    CompletableFuture<Void> delete(long seq) {
        return done(ApiCall.of("DELETE", path("/messages/" + seq), null));
    }

    CompletableFuture<Message> react(String method, long seq, String emoji) {
        return message(ApiCall.of(method, path("/messages/" + seq + "/reactions/" + ApiCall.encode(emoji)), null));
    }

    CompletableFuture<Page<Member>> members(PageRequest page) {
        return host.call(ApiCall.get(path("/members")).withQuery(query(page)))
                .thenApply(answer -> Json.readPage(answer, Member.class));
    }

    CompletableFuture<Presence> presence(PageRequest page) {
        return host.call(ApiCall.get(path("/presence")).withQuery(query(page)))
                .thenApply(answer -> Json.read(answer, Presence.class));
    }

    CompletableFuture<Page<ReadMark>> reads(PageRequest page) {
        return host.call(ApiCall.get(path("/reads")).withQuery(query(page)))
                .thenApply(answer -> Json.readPage(answer, ReadMark.class));
    }

    /** Gives the mark as the server has it then. */
    CompletableFuture<Long> markUnread(long seq) {
        return host.call(ApiCall.of("PUT", path("/read"), Map.of("seq", seq - 1, "force", true)))
                .thenApply(answer -> answer.path("seq").asLong());
    }

    CompletableFuture<Member> addMember(String user, Role role) {
        Map<String, ?> body = role == null ? Map.of() : Map.of("role", role);
        return host.call(ApiCall.of("PUT", path("/members/" + ApiCall.encode(user)), body))
                .thenApply(answer -> Json.read(answer, Member.class));
    }

    CompletableFuture<Void> removeMember(String user) {
        return done(ApiCall.of("DELETE", path("/members/" + ApiCall.encode(user)), null));
    }

    static Map<String, Object> query(PageRequest page) {
        Map<String, Object> query = new HashMap<>();
        query.put("limit", page.limit());
        query.put("after", page.after());
        return query;
    }

    private CompletableFuture<Message> message(ApiCall call) {
        return host.call(call).thenApply(answer -> Json.read(answer, Message.class));
    }

    private CompletableFuture<Void> done(ApiCall call) {
        return host.call(call).thenApply(nothing -> null);
    }
}
