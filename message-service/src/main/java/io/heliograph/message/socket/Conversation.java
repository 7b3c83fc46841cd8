package io.heliograph.message.socket;

import io.heliograph.message.delivery.Audience;
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

/** Answers what a connected client asks. Used on the event loop of the socket only. */
final class Conversation {

    /** A room as it was when the join was checked, and its audience. */
    private record Entrance(RoomView view, Audience audience) {}

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
        this.seats = new Seats(out, () -> session.close(CloseCode.TOO_SLOW));
    }

    void answer(Request request, Caller caller) throws BadRequest {
        if (request instanceof Request.Join join) {
            join(join, caller);
        } else if (request instanceof Request.Leave leave) {
            seats.leave(leave.room());
            out.send(Answers.left(leave.id(), leave.room()));
        } else if (request instanceof Request.Send send) {
            send(send, caller);
        }
    }

    void end() {
        seats.leaveAll();
    }

    private void join(Request.Join join, Caller caller) throws BadRequest {
        if (seats.isFull(backend.config().maxRooms()) && !seats.has(join.room())) {
            throw new BadRequest(join.id(), "too_many_rooms", "leave a room first");
        }
        Seat seat = seats.reserve(join.room());
        Future<Entrance> entrance = backend.rooms()
                .joined(join.room(), caller.id())
                .compose(view -> checked(join, view))
                .compose(view ->
                        backend.delivery().enter(join.room(), loop).map(audience -> new Entrance(view, audience)));
        // Not in await: an audience that was entered has to be left even if the socket is closed by then.
        entrance.onSuccess(entered -> loop.execute(() -> {
            if (!seats.holds(seat)) {
                entered.audience().leave();
            }
        }));
        session.await(entrance, done -> joined(join, caller, seat, done));
    }

    /** The room was read from the primary just now: nobody can have seen more of it. */
    private static Future<RoomView> checked(Request.Join join, RoomView view) {
        return join.after() == null || join.after() <= view.room().rev()
                ? Future.succeededFuture(view)
                : Future.failedFuture(Refusal.of(
                        Status.BAD_REQUEST, "after_beyond_end", "The room has not come to this revision yet."));
    }

    private void joined(Request.Join join, Caller caller, Seat seat, Future<Entrance> done) {
        if (!seats.holds(seat)) {
            out.send(Answers.error(join.id(), "join_replaced", "The room was left or joined again in the meantime."));
        } else if (done.failed()) {
            seats.leave(join.room());
            session.error(join.id(), done.cause());
        } else {
            Entrance entrance = done.result();
            long after = join.after() == null ? entrance.view().room().rev() : join.after();
            seats.take(
                    seat,
                    caller.id(),
                    entrance.audience(),
                    join.id(),
                    entrance.view().room(),
                    after);
        }
    }

    private void send(Request.Send send, Caller caller) {
        Sender sender = new Sender(caller.id(), caller.username());
        Future<Outcome> outcome =
                backend.commits().send(new Send(send.room(), sender, send.clientId(), send.content()));
        session.await(outcome.map(Outcome::messageOrRefusal), done -> {
            if (done.succeeded()) {
                out.send(Answers.ack(send.id(), done.result()));
            } else {
                session.error(send.id(), done.cause());
            }
        });
    }
}
