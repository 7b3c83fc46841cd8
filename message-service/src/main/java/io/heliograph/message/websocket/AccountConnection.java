package io.heliograph.message.websocket;

import io.heliograph.message.account.AccountEvent;
import io.heliograph.message.account.AccountEvents;
import io.heliograph.message.account.AccountSocket;
import io.heliograph.message.delivery.OutboundQueue;
import java.util.UUID;

/**
 * Sends the account events to one client. A client that reads too slowly misses events; once it has read what is queued,
 * it gets an {@code account} frame and reads its rooms again. Used on the event loop of the socket, except where a method says otherwise.
 */
final class AccountConnection implements AccountSocket {

    private final AccountEvents events;
    private final OutboundQueue out;
    private final JoinedRooms joinedRooms;
    private UUID user;
    private boolean missed;
    private boolean closed;

    AccountConnection(AccountEvents events, OutboundQueue out, JoinedRooms joinedRooms) {
        this.events = events;
        this.out = out;
        this.joinedRooms = joinedRooms;
    }

    void open(UUID user) {
        this.user = user;
        events.connect(user, this);
    }

    void close() {
        closed = true;
        if (user != null) {
            events.disconnect(user, this);
        }
    }

    /** Thread-safe. */
    @Override
    public void send(AccountEvent event) {
        out.loop().execute(() -> write(event));
    }

    private void write(AccountEvent event) {
        if (closed || !concerns(event)) {
            return;
        }
        boolean sends = !missed && out.hasRoomForEvents();
        events.count(sends);
        if (sends) {
            out.send(event.frame());
        } else if (!missed) {
            missed = true;
            out.awaitTurn(this::restart);
        }
    }

    private void restart() {
        missed = false;
        out.endTurn();
        events.restart(user, this);
    }

    private boolean concerns(AccountEvent event) {
        if (event instanceof AccountEvent.ForNotJoined other) {
            return !joinedRooms.contains(other.room());
        } else if (event instanceof AccountEvent.ForJoined joined) {
            return joinedRooms.containsAny(joined.rooms());
        }
        return true;
    }
}
