package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows a room by {@code rev}: joins it on each connection after the last processed change, and drops duplicates.
 * Guarded by the lock of the client.
 */
final class RoomFeed {

    private final String room;
    private final RoomHost host;
    private final Timeline timeline;
    private final ReadMarks marks;
    private final Backoff backoff;
    private final Consumer<RoomEvent> publish;

    /** The rev of the last processed change; null before the first one is known. */
    private Long rev;

    private int online;
    private boolean isSubscribed;
    private boolean isJoining;
    /** Completes when the room is live; null while it is not followed. */
    private CompletableFuture<Void> joined;

    RoomFeed(String room, RoomHost host, Timeline timeline, ReadMarks marks, Consumer<RoomEvent> publish) {
        this.room = room;
        this.host = host;
        this.timeline = timeline;
        this.marks = marks;
        this.backoff = new Backoff(host.backoff());
        this.publish = publish;
    }

    Long rev() {
        return rev;
    }

    int online() {
        return online;
    }

    /** Applies the data of a list. Data that have arrived live since then are newer. */
    void learn(RoomInfo info) {
        online = info.online() == null ? online : info.online();
        if (rev == null || (!isSubscribed && timeline.isEmpty())) {
            rev = info.rev();
            timeline.floor(info.lastSeq() + 1);
        }
    }

    /** Follows the room from its current end, or from the last processed change. */
    CompletableFuture<Void> subscribe() {
        if (joined == null) {
            joined = new CompletableFuture<>();
        }
        isSubscribed = true;
        join();
        return joined;
    }

    /** Follows the room after this change, unless it is followed already. */
    CompletableFuture<Void> subscribe(long after) {
        if (!isSubscribed && timeline.isEmpty()) {
            rev = after;
            timeline.floor(null);
        }
        return subscribe();
    }

    void unsubscribe() {
        end(new HeliographException("unsubscribed", "The room is not followed any more."));
        host.connection().request(Map.of("type", "leave", "room", room), answer -> {});
    }

    /** To be called when the caller is no longer a member, or the room was deleted. */
    void removed() {
        end(new HeliographException("not_a_member", "The caller is not in the room any more."));
    }

    /** To be called for a new connection. */
    void connected() {
        isJoining = false;
        join();
    }

    void receive(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "message", "updated", "deleted", "reaction" -> {
                if (rev != null && frame.path("rev").asLong() > rev) {
                    rev = frame.path("rev").asLong();
                    change(frame);
                }
            }
            case "presence" -> {
                online = frame.path("online").asInt();
                boolean isOnline = frame.path("state").asText().equals("online");
                publish.accept(new RoomEvent.PresenceChanged(room, user(frame), isOnline, online));
            }
            case "event" -> publish.accept(Json.read(frame, RoomEvent.EventPublished.class));
            case "typing" -> publish.accept(new RoomEvent.Typing(room, user(frame)));
            case "read" -> {
                User user = frame.has("user") ? user(frame) : null;
                marks.moved(
                        user, frame.path("seq").asLong(), frame.path("forced").asBoolean());
            }
            case "unread" -> {
                marks.counted(
                        frame.path("readSeq").asLong(),
                        frame.path("lastSeq").asLong(),
                        frame.path("unread").asLong(),
                        frame.path("mentions").asLong());
                marks.count();
            }
            case "resync" -> resync(frame.path("after").asLong());
            case "left" -> {
                removed();
                publish.accept(new RoomEvent.Left(room));
            }
            default -> {
                // A frame of a later version of the protocol.
            }
        }
    }

    private void change(JsonNode frame) {
        if (frame.path("type").asText().equals("reaction")) {
            RoomEvent.ReactionChanged event = Json.read(frame, RoomEvent.ReactionChanged.class);
            boolean isMine = event.user().id().equals(host.me());
            timeline.react(
                    new ReactionChange(event.seq(), event.rev(), event.emoji(), event.count(), isMine, event.added()));
            publish.accept(event);
            return;
        }
        Message message = Json.read(frame, Message.class);
        boolean isMessage = frame.path("type").asText().equals("message");
        boolean isKnown = timeline.find(message.seq()) != null;
        Message current = timeline.put(message, isMessage);
        // A message that changed while its replay was interrupted is sent as "updated" or "deleted", though it is new
        // here.
        boolean isNew = !isKnown && (isMessage || timeline.find(message.seq()) != null);
        if (isNew) {
            publish.accept(new RoomEvent.MessageAdded(current));
            grow(message);
        } else if (message.isDeleted()) {
            marks.deleted(message.seq());
            publish.accept(new RoomEvent.MessageDeleted(current));
        } else {
            // A message that changes during its own event is published a second time.
            publish.accept(new RoomEvent.MessageUpdated(current));
        }
    }

    private void grow(Message message) {
        marks.grow(message.seq());
        if (message.isDeleted() || message.sender().id().equals(host.me())) {
            marks.skip(message.seq());
        }
        marks.count();
    }

    /** All earlier frames are processed, so this is our own rev; duplicates are dropped. */
    private void resync(long after) {
        rev = rev == null ? after : Math.min(rev, after);
        isJoining = false;
        join();
    }

    private void join() {
        if (!isSubscribed || isJoining || !host.connection().isLive()) {
            return;
        }
        isJoining = true;
        Map<String, Object> frame = new HashMap<>(Map.of("type", "join", "room", room));
        if (rev != null) {
            frame.put("after", rev);
        }
        host.connection().request(frame, answer -> {
            // The room may have been left meanwhile; a lost response is requested again on the next connection.
            if (isSubscribed && answer != null) {
                if (Frames.isError(answer)) {
                    refused(Frames.failure(answer));
                } else {
                    joined(
                            answer.path("seq").asLong(),
                            answer.path("rev").asLong(),
                            answer.path("online").asInt());
                }
            }
        });
    }

    private void joined(long seq, long endRev, int people) {
        backoff.reset();
        if (rev == null) {
            rev = endRev;
        }
        if (timeline.floor() == null) {
            // If it was joined after a rev of the program, replayed messages may be older.
            timeline.floor(seq + 1);
        }
        online = people;
        marks.grow(seq);
        publish.accept(new RoomEvent.Joined(room, seq, endRev, people));
        marks.count();
        joined.complete(null);
    }

    private void refused(HeliographException error) {
        if (error.isTransient()) {
            host.context().schedule(backoff.next(), this::connected);
        } else if (error.code().equals("after_beyond_end")) {
            rev = null;
            marks.clear();
            timeline.clear();
            publish.accept(new RoomEvent.Reset(room));
            connected();
        } else {
            end(error);
            publish.accept(new RoomEvent.Refused(room, error));
        }
    }

    private void end(HeliographException why) {
        isSubscribed = false;
        isJoining = false;
        if (joined != null) {
            joined.completeExceptionally(why);
            joined = null;
        }
    }

    private static User user(JsonNode frame) {
        return Json.read(frame.path("user"), User.class);
    }
}
