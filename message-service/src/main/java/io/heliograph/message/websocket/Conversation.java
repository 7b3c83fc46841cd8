package io.heliograph.message.websocket;

import io.heliograph.message.delivery.Ephemeral;
import io.heliograph.message.delivery.Outbound;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.Outcome;
import io.heliograph.message.message.send.Send;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.room.RoomView;
import io.heliograph.message.token.Caller;
import io.heliograph.message.websocket.Seats.Seat;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Answers what a connected client asks, for each room in its order. Used on the event loop of the socket only. */
final class Conversation {

    private static final String TOO_MANY_ROOMS = "Leave a room first.";

    private final Session session;
    private final Backend backend;
    private final Outbound out;
    private final EventLoop loop;
    private final RoomOrder order;
    private final Seats seats;

    Conversation(Session session, Backend backend, Outbound out, EventLoop loop, RoomOrder order) {
        this.session = session;
        this.backend = backend;
        this.out = out;
        this.loop = loop;
        this.order = order;
        this.seats = new Seats(out);
    }

    void answer(Request request, Caller caller) throws BadRequest {
        if (request instanceof Request.Join join) {
            join(join, caller);
        } else if (request instanceof Request.Leave leave) {
            leave(leave);
        } else if (request instanceof Request.Send send) {
            order.send(send.room(), () -> send(send, caller));
        } else if (request instanceof Request.Typing typing) {
            order.request(typing.room(), () -> typing(typing, caller));
        } else if (request instanceof Request.Read read) {
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
    private void join(Request.Join join, Caller caller) throws BadRequest {
        if (!seats.claim(join.room(), backend.config().maxRooms())) {
            throw BadRequest.refused(join.id(), "too_many_rooms", TOO_MANY_ROOMS);
        }
        order.request(join.room(), () -> enter(join, caller));
    }

    private void leave(Request.Leave leave) {
        seats.giveUp(leave.room());
        order.request(leave.room(), () -> {
            seats.leave(leave.room());
            out.send(Answers.left(leave.id(), leave.room()));
        });
    }

    private Future<Void> enter(Request.Join join, Caller caller) {
        if (!seats.claim(join.room(), backend.config().maxRooms())) {
            out.send(Answers.error(join.id(), "too_many_rooms", TOO_MANY_ROOMS));
            return Future.succeededFuture();
        }
        Seat seat = seats.reserve(join.room());
        Future<Entrance> entrance = backend.rooms()
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
    private static Future<RoomView> checked(Request.Join join, RoomView view) {
        return join.after() == null || join.after() <= view.room().rev()
                ? Future.succeededFuture(view)
                : Future.failedFuture(Refusal.of(
                        Status.BAD_REQUEST, "after_beyond_end", "The room has not come to this revision yet."));
    }

    /** First the audience, so that the replica hears already of those who come while it asks who is there. */
    private Future<Entrance> enter(RoomView view, Caller caller) {
        UUID room = view.room().id();
        return backend.live().delivery().enter(room, loop).compose(audience -> backend.live()
                .presence()
                .enter(room, person(caller))
                .map(stay -> new Entrance(view, audience, stay)));
    }

    private void joined(Request.Join join, Seat seat, Future<Entrance> done) {
        if (done.failed()) {
            seats.leave(join.room());
            session.error(join.id(), done.cause());
        } else {
            Entrance entrance = done.result();
            long after = join.after() == null ? entrance.view().room().rev() : join.after();
            seats.take(seat, entrance, join.id(), after);
        }
    }

    private Future<Void> send(Request.Send send, Caller caller) {
        Future<Outcome> outcome =
                backend.commits().send(new Send(send.room(), person(caller), send.clientId(), send.content()));
        return session.await(outcome.map(Outcome::messageOrRefusal), done -> {
            if (done.succeeded()) {
                out.send(Answers.ack(send.id(), done.result()));
            } else {
                session.error(send.id(), done.cause());
            }
        });
    }

    /** No answer: it is told, or dropped if there was one just now. */
    private void typing(Request.Typing typing, Caller caller) {
        if (!seats.has(typing.room())) {
            out.send(Answers.error(typing.id(), "not_joined", "Join the room first."));
        } else if (seats.mayType(typing.room())) {
            backend.live().presence().tell(typing.room(), Ephemeral.typing(typing.room(), person(caller)));
        }
    }

    private Future<Void> read(Request.Read read, Caller caller) {
        return session.await(backend.live().marks().move(read.room(), person(caller), read.seq()), done -> {
            if (done.succeeded()) {
                out.send(Answers.read(read.id(), read.room(), done.result()));
            } else {
                session.error(read.id(), done.cause());
            }
        });
    }
}
