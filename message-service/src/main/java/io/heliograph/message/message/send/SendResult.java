package io.heliograph.message.message.send;

import io.heliograph.message.message.Message;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.Response.Status;

/** The result of storing one {@link NewMessage}. */
public sealed interface SendResult {

    /** Stored by this send and durable. */
    record Stored(Message message) implements SendResult {}

    /** Stored by an earlier send of the same client id and content: the first answer again. */
    record Repeated(Message message) implements SendResult {}

    /** The client id was used for another content, or this is part of a batch that is a repetition only in part. */
    record Conflict() implements SendResult {}

    /** There is no such room, or the sender may not know of it. */
    record NoRoom() implements SendResult {}

    /** The room is public and the sender has not joined it. */
    record NotMember() implements SendResult {}

    /** Not tried: another transaction held the row of the room. A later commit of the same replica decides. */
    record Contended() implements SendResult {}

    /** The message replies to one that is not in the room, or one of the same batch does. */
    record NoSuchReply() implements SendResult {}

    /** The message mentions somebody who is not in the room, or one of the same batch does. */
    record MentionOutsideRoom() implements SendResult {}

    /** The room is one of two people, of whom the other has blocked the sender. */
    record Blocked() implements SendResult {}

    /** The durable message; throws the {@link ProblemException} that the other outcomes amount to. */
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
        return ProblemException.unprocessable(
                "mention_outside_room", "mentions names somebody who is not in the room.");
    }

    static ProblemException clientIdReused() {
        return ProblemException.of(
                Status.CONFLICT, "client_id_reused", "A client id was used before, and not for the same again.");
    }
}
