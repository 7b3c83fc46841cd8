package io.heliograph.message.message.send;

import io.heliograph.message.message.Message;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;

/** The result of storing one {@link NewMessage}. */
public sealed interface SendResult {

    /** Stored by this send and durable. */
    record Stored(Message message) implements SendResult {}

    /** Stored by an earlier send with the same client id and content, whose result is returned again. */
    record Repeated(Message message) implements SendResult {}

    /** The client id was used with other content, or only a part of the batch is a repetition. */
    record Conflict() implements SendResult {}

    /** There is no such room, or the sender may not know of it. */
    record NoRoom() implements SendResult {}

    /** The room is public and the sender has not joined it. */
    record NotMember() implements SendResult {}

    /** Not stored yet: another transaction holds the row of the room. A later commit of this replica stores it. */
    record Contended() implements SendResult {}

    /** The message, or another one of its batch, replies to a message that is not in the room. */
    record NoSuchReply() implements SendResult {}

    /** The message, or another one of its batch, mentions a user who is not in the room. */
    record MentionOutsideRoom() implements SendResult {}

    /** The room has two members, and the other one has blocked the sender. */
    record Blocked() implements SendResult {}

    /** The durable message; throws the {@link ProblemException} of another outcome. */
    default Message messageOrRefusal() {
        if (this instanceof Stored stored) {
            return stored.message();
        } else if (this instanceof Repeated repeated) {
            return repeated.message();
        } else if (this instanceof NotMember) {
            throw RoomAccess.notMember();
        } else if (this instanceof NoRoom) {
            throw RoomAccess.notFound();
        } else if (this instanceof Blocked) {
            throw RoomAccess.blocked();
        } else if (this instanceof NoSuchReply) {
            throw ProblemException.unprocessable("reply_not_found", "replyTo names no message of the room.");
        } else if (this instanceof MentionOutsideRoom) {
            throw mentionOutsideRoom();
        }
        throw clientIdReused();
    }

    static ProblemException mentionOutsideRoom() {
        return ProblemException.unprocessable("mention_outside_room", "mentions names a user who is not in the room.");
    }

    static ProblemException clientIdReused() {
        return ProblemException.of(
                Status.CONFLICT, "client_id_reused", "A client id was used before, and not for the same again.");
    }
}
