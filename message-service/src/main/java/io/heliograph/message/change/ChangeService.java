package io.heliograph.message.change;

import io.heliograph.message.change.ChangeRepository.Locked;
import io.heliograph.message.delivery.Change;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.heliograph.message.person.People;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.room.Role;
import io.heliograph.message.room.RoomView;
import io.heliograph.message.room.Rooms;
import io.heliograph.message.token.Caller;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** What people do to messages that are there: stored first, then told to those who listen. */
@Singleton
final class ChangeService {

    /** The message as it is now, and what there is to tell; nothing if it was so before. */
    private record Result(Message message, Optional<Change> change) {

        static Result unchanged(Message message) {
            return new Result(message, Optional.empty());
        }

        static Result of(Message message, Change change) {
            return new Result(message, Optional.of(change));
        }
    }

    /** Does the work on a message that is not deleted. */
    private interface Work extends BiFunction<Locked, Message, Future<Result>> {}

    private final Rooms rooms;
    private final ChangeRepository repository;
    private final LiveDelivery delivery;
    private final People people;

    ChangeService(Rooms rooms, ChangeRepository repository, LiveDelivery delivery, People people) {
        this.rooms = rooms;
        this.repository = repository;
        this.delivery = delivery;
        this.people = people;
    }

    Future<Message> edit(UUID room, long seq, Caller caller, String content) {
        return change(room, seq, caller, (locked, message) -> {
            if (!message.sender().id().equals(caller.id())) {
                return Future.failedFuture(
                        Refusal.of(Status.FORBIDDEN, "not_the_sender", "Only its sender may edit a message."));
            }
            return message.content().equals(content)
                    ? Future.succeededFuture(Result.unchanged(message))
                    : locked.edit(content).map(edited -> Result.of(edited, Change.updated(edited)));
        });
    }

    /** May be repeated. */
    Future<Message> delete(UUID room, long seq, Caller caller) {
        return rooms.joined(room, caller.id())
                .compose(view -> repository.withMessage(room, seq, locked -> delete(locked, view, caller)))
                .map(result -> tell(room, result));
    }

    Future<Message> react(UUID room, long seq, Caller caller, String emoji) {
        return change(room, seq, caller, (locked, message) -> locked.react(caller.id(), emoji)
                .compose(isNew -> counted(isNew, locked, message, caller, emoji, true)));
    }

    Future<Message> takeBack(UUID room, long seq, Caller caller, String emoji) {
        return change(room, seq, caller, (locked, message) -> locked.takeBack(caller.id(), emoji)
                .compose(wasThere -> counted(wasThere, locked, message, caller, emoji, false)));
    }

    private Future<Message> change(UUID room, long seq, Caller caller, Work work) {
        return rooms.joined(room, caller.id())
                .compose(view -> repository.withMessage(room, seq, locked -> existing(locked)
                        .compose(message -> message.deletedAt() == null
                                ? work.apply(locked, message)
                                : Future.failedFuture(Refusal.of(
                                        Status.CONFLICT, "message_deleted", "This message has been deleted.")))))
                .map(result -> tell(room, result));
    }

    private static Future<Message> existing(Locked locked) {
        return locked.message()
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(
                        Refusal.of(Status.NOT_FOUND, "message_not_found", "There is no such message in the room.")));
    }

    private static Future<Result> delete(Locked locked, RoomView view, Caller caller) {
        return existing(locked).compose(message -> {
            boolean allowed =
                    message.sender().id().equals(caller.id()) || view.role().orElseThrow() == Role.OWNER;
            if (!allowed) {
                return Future.failedFuture(Refusal.of(
                        Status.FORBIDDEN, "not_the_sender", "Only its sender or an owner may delete a message."));
            }
            return message.deletedAt() != null
                    ? Future.succeededFuture(Result.unchanged(message))
                    : locked.delete().map(deleted -> Result.of(deleted, Change.deleted(deleted)));
        });
    }

    private Future<Result> counted(
            boolean changed, Locked locked, Message message, Caller caller, String emoji, boolean added) {
        if (!changed) {
            return Future.succeededFuture(Result.unchanged(message));
        }
        Sender user = people.sender(caller);
        return locked.count().map(counted -> Result.of(counted, Change.reaction(counted, user, emoji, added)));
    }

    private Message tell(UUID room, Result result) {
        result.change().ifPresent(change -> delivery.publish(room, change));
        return result.message();
    }
}
