package io.heliograph.benchmarks.fanout;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashSet;
import java.util.Set;

/** B: the same room on the WebSockets of Vert.x, which encodes and flushes each write. */
class VertxRoom {

    private final Set<ServerWebSocket> subscribers = new LinkedHashSet<>();
    private long seq;

    void open(@Observes Router router) {
        router.get("/vertx").handler(ctx -> ctx.request().toWebSocket().onSuccess(this::join));
    }

    private void join(ServerWebSocket socket) {
        subscribers.add(socket);
        socket.closeHandler(v -> subscribers.remove(socket));
        socket.textMessageHandler(ignored -> broadcast());
    }

    private void broadcast() {
        String message = Message.text(seq++);
        subscribers.forEach(socket -> socket.writeTextMessage(message));
    }
}
