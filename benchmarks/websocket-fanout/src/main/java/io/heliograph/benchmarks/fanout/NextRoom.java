package io.heliograph.benchmarks.fanout;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;

/** A: the room as in the Quarkus guide. */
@WebSocket(path = "/next", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class NextRoom {

    private long seq;

    @OnTextMessage
    Uni<Void> broadcast(String ignored, WebSocketConnection connection) {
        return connection.broadcast().sendText(Message.text(seq++));
    }
}
