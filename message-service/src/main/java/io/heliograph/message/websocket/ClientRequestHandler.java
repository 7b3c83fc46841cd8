package io.heliograph.message.websocket;

import io.heliograph.auth.Caller;
import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.event.EventPublisher;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.read.ReadMarks;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.message.send.SendResult;
import io.heliograph.message.overload.OverloadControl;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.websocket.JoinedRooms.JoinedRoom;
import io.vertx.core.Future;
import java.util.UUID;

/** Handles the requests of one connected client, per room in their order. Used only on the event loop of the socket. */
final class ClientRequestHandler {

    private static final String TOO_MANY_ROOMS = "Leave a room first.";
    private static final String NOT_JOINED = "Join the room first.";

    private final OverloadControl overload;
    private final JoinService joins;
    private final GroupCommit commits;
    private final Presence presence;
    private final ReadMarks marks;
    private final EventPublisher events;
    private final UserProfiles profiles;
    private final ResponseWriter responses;
    private final RoomRequestQueue queue;
    private final JoinedRooms joinedRooms;
    private final AccountConnection account;

    ClientRequestHandler(
            OverloadControl overload,
            JoinService joins,
            GroupCommit commits,
            Presence presence,
            ReadMarks marks,
            EventPublisher events,
            UserProfiles profiles,
            ResponseWriter responses,
            RoomRequestQueue queue,
            JoinedRooms joinedRooms,
            AccountConnection account) {
        this.overload = overload;
        this.joins = joins;
        this.commits = commits;
        this.presence = presence;
        this.marks = marks;
        this.events = events;
        this.profiles = profiles;
        this.responses = responses;
        this.queue = queue;
        this.joinedRooms = joinedRooms;
        this.account = account;
    }

    /** Records the user of the client. */
    void connected(UUID user) {
        account.open(user);
    }

    void handle(ClientRequest request, Caller caller) throws RequestException {
        if (request instanceof ClientRequest.Join join) {
            join(join, caller);
        } else if (request instanceof ClientRequest.Leave leave) {
            leave(leave);
        } else if (request instanceof ClientRequest.Send send) {
            queue.send(send.room(), () -> send(send, caller));
        } else if (request instanceof ClientRequest.Typing typing) {
            queue.request(typing.room(), () -> typing(typing, caller));
        } else if (request instanceof ClientRequest.Event event) {
            queue.request(event.room(), () -> event(event, caller));
        } else if (request instanceof ClientRequest.Read read) {
            queue.request(read.room(), () -> read(read, caller));
        }
    }

    void close() {
        queue.close();
        joinedRooms.leaveAll();
        account.close();
    }

    /** Counts the room when the request arrives, so that an earlier leave frees a place even while it is queued. */
    private void join(ClientRequest.Join join, Caller caller) throws RequestException {
        if (!joinedRooms.request(join.room())) {
            throw RequestException.refused(join.id(), "too_many_rooms", TOO_MANY_ROOMS);
        }
        queue.request(join.room(), () -> enter(join, caller));
    }

    private void leave(ClientRequest.Leave leave) {
        joinedRooms.cancelRequest(leave.room());
        queue.request(leave.room(), () -> {
            joinedRooms.leave(leave.room());
            responses.send(ServerFrames.left(leave.id(), leave.room()));
        });
    }

    private Future<Void> enter(ClientRequest.Join join, Caller caller) {
        if (!joinedRooms.request(join.room())) {
            responses.send(ServerFrames.error(join.id(), "too_many_rooms", TOO_MANY_ROOMS));
            return Future.succeededFuture();
        }
        JoinedRoom joined = joinedRooms.add(join.room());
        JoinTurn turn = new JoinTurn(responses);
        overload.arrive(turn);
        Future<JoinResult> result = turn.admitted()
                .compose(admitted ->
                        joins.join(join, sender(caller), responses.out().loop()));
        // Not in await: a room that was entered must be left even if the socket is closed by then.
        result.onSuccess(entered -> responses.out().loop().execute(() -> {
            if (!joinedRooms.contains(joined)) {
                entered.leave();
            }
        }));
        return responses.await(result, done -> joined(join, joined, done));
    }

    private void joined(ClientRequest.Join join, JoinedRoom joined, Future<JoinResult> done) {
        if (done.failed()) {
            joinedRooms.leave(join.room());
            responses.error(join.id(), done.cause());
        } else {
            JoinResult result = done.result();
            long after = join.after() == null ? result.view().room().rev() : join.after();
            joinedRooms.subscribe(joined, result, join.id(), after);
        }
    }

    private Future<Void> send(ClientRequest.Send send, Caller caller) {
        Future<SendResult> result = commits.send(
                new NewMessage(send.room(), sender(caller), send.clientId(), send.content(), send.attributes()));
        return responses.await(result.map(SendResult::messageOrRefusal), done -> {
            if (done.succeeded()) {
                responses.send(ServerFrames.ack(send.id(), done.result()));
            } else {
                responses.error(send.id(), done.cause());
            }
        });
    }

    /** Has no reply: the event is published, or dropped if the previous one was within the interval. */
    private void typing(ClientRequest.Typing typing, Caller caller) {
        if (!joinedRooms.contains(typing.room())) {
            responses.send(ServerFrames.error(typing.id(), "not_joined", NOT_JOINED));
        } else if (joinedRooms.mayType(typing.room())) {
            presence.publish(typing.room(), EphemeralEvent.typing(typing.room(), sender(caller)));
        }
    }

    /** Has no reply unless it is rejected. */
    private void event(ClientRequest.Event event, Caller caller) {
        if (!joinedRooms.contains(event.room())) {
            responses.send(ServerFrames.error(event.id(), "not_joined", NOT_JOINED));
        } else if (!events.admits(caller.id())) {
            responses.send(ServerFrames.error(event.id(), "rate_limited", "too many events a second"));
        } else {
            events.publish(event.room(), sender(caller), event.event());
        }
    }

    private Future<Void> read(ClientRequest.Read read, Caller caller) {
        return responses.await(marks.move(read.room(), sender(caller), read.seq(), read.force()), done -> {
            if (done.succeeded()) {
                responses.send(ServerFrames.read(read.id(), read.room(), done.result()));
            } else {
                responses.error(read.id(), done.cause());
            }
        });
    }

    private Sender sender(Caller caller) {
        return profiles.sender(caller);
    }
}
