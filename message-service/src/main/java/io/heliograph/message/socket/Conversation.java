package io.heliograph.message.socket;

import io.heliograph.message.delivery.Ephemeral;
import io.heliograph.message.delivery.Outbound;
import io.heliograph.message.message.Sender;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.room.RoomView;
import io.heliograph.message.send.Outcome;
import io.heliograph.message.send.Send;
import io.heliograph.message.socket.Seats.Seat;
import io.heliograph.message.token.Caller;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import jakarta.ws.rs.core.Response.Status;
import java.util.UUID;

/** Answers what a connected client asks. Used on the event loop of the socket only. */
final class Conversation {

    private final Session session;
    private final Backend backend;
    private final Outbound out;
    private final EventLoop loop;
    private final Seats seats;

    Conversation(Session session, Backend backend, Outbound out, EventLoop loop) {
        this.session = session;
        this.backend = backend;
        this.out = out;
        this.loop = loop;
        this.seats = new Seats(out);
    }

    void answer(Request request, Caller caller) throws BadRequest {
        if (request instanceof Request.Join join) {
            join(join, caller);
        } else if (request instanceof Request.Leave leave) {
            seats.leave(leave.room());
            out.send(Answers.left(leave.id(), leave.room()));
        } else if (request instanceof Request.Send send) {
            send(send, caller);
        } else if (request instanceof Request.Typing typing) {
            typing(typing, caller);
        } else if (request instanceof Request.Read read) {
            read(read, caller);
        }
    }

    private Sender person(Caller caller) {
        return backend.live().people().sender(caller);
    }

    void end() {
        seats.leaveAll();
    }

    private void join(Request.Join join, Caller caller) throws BadRequest {
        if (seats.isFull(backend.config().maxRooms()) && !seats.has(join.room())) {
            throw BadRequest.refused(join.id(), "too_many_rooms", "leave a room first");
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
        session.await(entrance, done -> joined(join, seat, done));
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
        if (!seats.holds(seat)) {
            out.send(Answers.error(join.id(), "join_replaced", "The room was left or joined again in the meantime."));
        } else if (done.failed()) {
            seats.leave(join.room());
            session.error(join.id(), done.cause());
        } else {
            Entrance entrance = done.result();
            long after = join.after() == null ? entrance.view().room().rev() : join.after();
            seats.take(seat, entrance, join.id(), after);
        }
    }

    private void send(Request.Send send, Caller caller) {
        Future<Outcome> outcome =
                backend.commits().send(new Send(send.room(), person(caller), send.clientId(), send.content()));
        session.await(outcome.map(Outcome::messageOrRefusal), done -> {
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

    private void read(Request.Read read, Caller caller) {
        session.await(backend.live().marks().move(read.room(), person(caller), read.seq()), done -> {
            if (done.succeeded()) {
                out.send(Answers.read(read.id(), read.room(), done.result()));
            } else {
                session.error(read.id(), done.cause());
            }
        });
    }
}
