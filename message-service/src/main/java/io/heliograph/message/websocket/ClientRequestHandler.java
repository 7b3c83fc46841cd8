package io.heliograph.message.websocket;

import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.delivery.OutboundQueue;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.message.send.SendResult;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.room.RoomView;
import io.heliograph.message.token.Caller;
import io.heliograph.message.websocket.JoinedRooms.JoinedRoom;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Answers what a connected client asks, for each room in its order. Used on the event loop of the socket only. */
final class ClientRequestHandler {

    private static final String TOO_MANY_ROOMS = "Leave a room first.";

    private final Session session;
    private final Backend backend;
    private final OutboundQueue out;
    private final EventLoop loop;
    private final RoomRequestQueue order;
    private final JoinedRooms seats;

    ClientRequestHandler(Session session, Backend backend, OutboundQueue out, EventLoop loop, RoomRequestQueue order) {
        this.session = session;
        this.backend = backend;
        this.out = out;
        this.loop = loop;
        this.order = order;
        this.seats = new JoinedRooms(out);
    }

    void answer(ClientRequest request, Caller caller) throws RequestException {
        if (request instanceof ClientRequest.Join join) {
            join(join, caller);
        } else if (request instanceof ClientRequest.Leave leave) {
            leave(leave);
        } else if (request instanceof ClientRequest.Send send) {
            order.send(send.room(), () -> send(send, caller));
        } else if (request instanceof ClientRequest.Typing typing) {
            order.request(typing.room(), () -> typing(typing, caller));
        } else if (request instanceof ClientRequest.Read read) {
            order.request(read.room(), () -> read(read, caller));
        }
    }

    private Sender person(Caller caller) {
        return backend.live().people().sender(caller);
    }

    void end() {
        order.end();
        seats.leaveAll();
    }

    /** Counted when it is asked for, so that a leave before it has made room even if that waits for its turn. */
    private void join(ClientRequest.Join join, Caller caller) throws RequestException {
        if (!seats.claim(join.room(), backend.config().maxRooms())) {
            throw RequestException.refused(join.id(), "too_many_rooms", TOO_MANY_ROOMS);
        }
        order.request(join.room(), () -> enter(join, caller));
    }

    private void leave(ClientRequest.Leave leave) {
        seats.giveUp(leave.room());
        order.request(leave.room(), () -> {
            seats.leave(leave.room());
            out.send(ServerFrames.left(leave.id(), leave.room()));
        });
    }

    private Future<Void> enter(ClientRequest.Join join, Caller caller) {
        if (!seats.claim(join.room(), backend.config().maxRooms())) {
            out.send(ServerFrames.error(join.id(), "too_many_rooms", TOO_MANY_ROOMS));
            return Future.succeededFuture();
        }
        JoinedRoom seat = seats.reserve(join.room());
        Future<JoinResult> entrance = backend.rooms()
                .joined(join.room(), caller.id())
                .compose(view -> checked(join, view))
                .compose(view -> enter(view, caller));
        // Not in await: a room that was entered has to be left even if the socket is closed by then.
        entrance.onSuccess(entered -> loop.execute(() -> {
            if (!seats.holds(seat)) {
                entered.giveBack();
            }
        }));
        return session.await(entrance, done -> joined(join, seat, done));
    }

    /** The room was read from the primary just now: nobody can have seen more of it. */
    private static Future<RoomView> checked(ClientRequest.Join join, RoomView view) {
        return join.after() == null || join.after() <= view.room().rev()
                ? Future.succeededFuture(view)
                : Future.failedFuture(Refusal.of(
                        Status.BAD_REQUEST, "after_beyond_end", "The room has not come to this revision yet."));
    }

    /** First the audience, so that the replica hears already of those who come while it asks who is there. */
    private Future<JoinResult> enter(RoomView view, Caller caller) {
        UUID room = view.room().id();
        return backend.live().delivery().enter(room, loop).compose(audience -> backend.live()
                .presence()
                .enter(room, person(caller))
                .map(stay -> new JoinResult(view, audience, stay)));
    }

    private void joined(ClientRequest.Join join, JoinedRoom seat, Future<JoinResult> done) {
        if (done.failed()) {
            seats.leave(join.room());
            session.error(join.id(), done.cause());
        } else {
            JoinResult entrance = done.result();
            long after = join.after() == null ? entrance.view().room().rev() : join.after();
            seats.take(seat, entrance, join.id(), after);
        }
    }

    private Future<Void> send(ClientRequest.Send send, Caller caller) {
        Future<SendResult> outcome =
                backend.commits().send(new NewMessage(send.room(), person(caller), send.clientId(), send.content()));
        return session.await(outcome.map(SendResult::messageOrRefusal), done -> {
            if (done.succeeded()) {
                out.send(ServerFrames.ack(send.id(), done.result()));
            } else {
                session.error(send.id(), done.cause());
            }
        });
    }

    /** No answer: it is told, or dropped if there was one just now. */
    private void typing(ClientRequest.Typing typing, Caller caller) {
        if (!seats.has(typing.room())) {
            out.send(ServerFrames.error(typing.id(), "not_joined", "Join the room first."));
        } else if (seats.mayType(typing.room())) {
            backend.live().presence().tell(typing.room(), EphemeralEvent.typing(typing.room(), person(caller)));
        }
    }

    private Future<Void> read(ClientRequest.Read read, Caller caller) {
        return session.await(backend.live().marks().move(read.room(), person(caller), read.seq()), done -> {
            if (done.succeeded()) {
                out.send(ServerFrames.read(read.id(), read.room(), done.result()));
            } else {
                session.error(read.id(), done.cause());
            }
        });
    }
}
