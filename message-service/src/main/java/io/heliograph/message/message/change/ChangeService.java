package io.heliograph.message.message.change;

import io.heliograph.auth.Caller;
import io.heliograph.message.delivery.Change;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.Deletion;
import io.heliograph.message.message.Deletion.By;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.change.ChangeRepository.LockedMessage;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.message.room.Role;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.message.room.RoomView;
import io.heliograph.rest.caching.EntityTags;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Edits, deletes and reacts to stored messages: each change is stored first, then published to the subscribers. */
@Singleton
final class ChangeService {

    /** The changed message, and the change to publish; empty if nothing changed. */
    private record Result(Message message, Optional<Change> change) {

        static Result unchanged(Message message) {
            return new Result(message, Optional.empty());
        }

        static Result of(Message message, Change change) {
            return new Result(message, Optional.of(change));
        }
    }

    /** Does the work on a message that is not deleted. */
    private interface Work extends BiFunction<LockedMessage, Message, Future<Result>> {}

    private final RoomAccess rooms;
    private final ChangeRepository repository;
    private final LiveDelivery delivery;
    private final UserProfiles profiles;
    private final ReactionConfig reactions;

    ChangeService(
            RoomAccess rooms,
            ChangeRepository repository,
            LiveDelivery delivery,
            UserProfiles profiles,
            ReactionConfig reactions) {
        this.rooms = rooms;
        this.repository = repository;
        this.delivery = delivery;
        this.profiles = profiles;
        this.reactions = reactions;
    }

    Future<Message> find(UUID room, long seq, Caller caller) {
        return rooms.joined(room, caller.id())
                .compose(view -> repository.find(room, seq, caller.id()))
                .compose(ChangeService::existing);
    }

    /** The users who reacted with this emoji whose ids are above {@code after}, in the order of their ids. */
    Future<List<Reaction>> reactors(UUID room, long seq, Caller caller, String emoji, UUID after, int limit) {
        return find(room, seq, caller).compose(found -> repository.reactors(room, seq, emoji, after, limit));
    }

    Future<Message> edit(UUID room, long seq, Caller caller, MessagePatch patch, EntityTags expected) {
        return change(room, seq, caller, (locked, message) -> {
            if (!message.sender().id().equals(caller.id())) {
                return Future.failedFuture(
                        ProblemException.of(Status.FORBIDDEN, "not_the_sender", "Only its sender may edit a message."));
            }
            if (!expected.nameStrongly(message.tag())) {
                return Future.failedFuture(changed());
            }
            String content = patch.contentOf(message);
            Metadata metadata = patch.metadataOf(message);
            List<UUID> mentions = patch.mentionsOf(message);
            if (!message.attributes().mentions().equals(mentions)) {
                return locked.edit(content, metadata, mentions)
                        .map(edited -> Result.of(edited, Change.updated(edited)));
            }
            return message.content().equals(content)
                            && Objects.equals(message.attributes().metadata(), metadata)
                    ? Future.succeededFuture(Result.unchanged(message))
                    : locked.edit(content, metadata).map(edited -> Result.of(edited, Change.updated(edited)));
        });
    }

    /**
     * Idempotent, unless an expected version is given. {@code reason} is for a message of another user; may be null.
     */
    Future<Message> delete(UUID room, long seq, Caller caller, String reason, EntityTags expected) {
        return rooms.kept(room, caller)
                .compose(view -> repository.withMessage(
                        room, seq, caller.id(), locked -> delete(locked, view, caller, reason, expected)))
                .map(result -> publish(room, result));
    }

    Future<Message> react(UUID room, long seq, Caller caller, String emoji) {
        return change(
                room,
                seq,
                caller,
                (locked, message) -> isFull(message, emoji)
                        ? Future.failedFuture(tooManyReactions(
                                "The message has " + reactions.maxPerMessage() + " different emoji already."))
                        : locked.react(caller.id(), emoji, reactions.maxPerPerson())
                                .compose(reacting -> switch (reacting) {
                                    case ADDED -> counted(locked, caller, emoji, true);
                                    case KNOWN -> Future.succeededFuture(Result.unchanged(message));
                                    case TOO_MANY ->
                                        Future.failedFuture(tooManyReactions("One person may react with "
                                                + reactions.maxPerPerson() + " different emoji to a message."));
                                }));
    }

    Future<Message> takeBack(UUID room, long seq, Caller caller, String emoji) {
        return change(room, seq, caller, (locked, message) -> locked.takeBack(caller.id(), emoji)
                .compose(wasThere -> wasThere
                        ? counted(locked, caller, emoji, false)
                        : Future.succeededFuture(Result.unchanged(message))));
    }

    private boolean isFull(Message message, String emoji) {
        return message.reactions().size() >= reactions.maxPerMessage()
                && message.reactions().stream().noneMatch(each -> each.emoji().equals(emoji));
    }

    private static ProblemException tooManyReactions(String detail) {
        return ProblemException.of(Status.CONFLICT, "too_many_reactions", detail);
    }

    private Future<Message> change(UUID room, long seq, Caller caller, Work work) {
        return rooms.joined(room, caller.id())
                .compose(view -> repository.withMessage(room, seq, caller.id(), locked -> existing(locked.message())
                        .compose(message -> message.deletedAt() == null
                                ? work.apply(locked, message)
                                : Future.failedFuture(ProblemException.of(
                                        Status.CONFLICT, "message_deleted", "This message has been deleted.")))))
                .map(result -> publish(room, result));
    }

    private static Future<Message> existing(Optional<Message> found) {
        return found.map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(ProblemException.of(
                        Status.NOT_FOUND, "message_not_found", "There is no such message in the room.")));
    }

    private static ProblemException changed() {
        return EntityTags.preconditionFailed("The message has been changed or removed since; read it again.");
    }

    private static Future<Result> delete(
            LockedMessage locked, RoomView view, Caller caller, String reason, EntityTags expected) {
        return existing(locked.message()).compose(message -> {
            boolean own = message.sender().id().equals(caller.id());
            boolean owner = view.role().filter(Role.OWNER::equals).isPresent();
            if (!own && !owner && !caller.isModerator()) {
                return Future.failedFuture(ProblemException.of(
                        Status.FORBIDDEN, "not_the_sender", "Only its sender or an owner may delete a message."));
            }
            if (!expected.nameStrongly(message.tag())) {
                return Future.failedFuture(changed());
            }
            if (message.deletedAt() != null) {
                return Future.succeededFuture(Result.unchanged(message));
            }
            Deletion deletion = new Deletion(owner ? By.OWNER : By.MODERATOR, reason);
            return (own ? locked.delete() : locked.delete(deletion, caller.id()))
                    .map(deleted -> Result.of(deleted, Change.deleted(deleted)));
        });
    }

    private Future<Result> counted(LockedMessage locked, Caller caller, String emoji, boolean added) {
        Sender user = profiles.sender(caller);
        return locked.count(emoji, added ? 1 : -1)
                .map(counted -> Result.of(counted, Change.reaction(counted, user, emoji, added)));
    }

    private Message publish(UUID room, Result result) {
        result.change().ifPresent(change -> delivery.publish(room, change));
        return result.message();
    }
}
