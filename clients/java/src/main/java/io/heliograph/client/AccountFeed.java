package io.heliograph.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The rooms of the caller. From the first {@link #sync} on it publishes changes. The server numbers the rooms that the
 * caller joins and leaves: after a number that is not the next, and when the server reports missed events, all rooms
 * are read again and compared with the known ones. Guarded by the lock of the client.
 */
final class AccountFeed {

    /** The maximum size of a page. */
    private static final int PAGE = 200;
    /** Attempts at a snapshot: one from a replica that is behind is requested again. */
    private static final int ATTEMPTS = 5;

    private static final long PAUSE_MILLIS = 200;

    private final AccountHost host;
    private final Backoff backoff;

    /** Whether the program has requested all rooms, and gets changes. */
    private boolean isActive;
    /** Whether rooms that are added are followed. */
    private boolean isFollowing;
    /** The latest received number of the account. */
    private long rev;

    private boolean isReading;
    private boolean isStale;
    /** Counts the users of this feed, so that responses for an earlier user are dropped. */
    private int person;

    AccountFeed(AccountHost host) {
        this.host = host;
        this.backoff = new Backoff(host.backoff());
    }

    /** Reads all rooms of the caller, and follows them if {@code subscribe} is true. */
    CompletableFuture<List<Room>> sync(boolean subscribe) {
        CompletableFuture<AccountPicture> read = host.context().get(() -> {
            isStale &= isReading;
            return read();
        });
        return read.thenApply(picture -> host.context().get(() -> {
            List<Room> rooms = take(picture);
            isActive = true;
            isFollowing = subscribe;
            if (isStale) {
                // Events began later than this snapshot.
                readAgain();
            }
            if (subscribe) {
                rooms.stream()
                        .sorted(Comparator.comparing(AccountFeed::lastChange).reversed())
                        .limit(host.maxFollowed())
                        .forEach(Room::subscribe);
            }
            return rooms;
        }));
    }

    /** Forgets the rooms after a sign-out, or when another user has signed in. */
    void forget() {
        person++;
        isActive = false;
        isReading = false;
        rev = 0;
    }

    /** Processes a frame of the account; returns whether it is one. */
    boolean receive(JsonNode frame) {
        switch (frame.path("type").asText()) {
            case "account" -> {
                // After a restore to an earlier state it is lower.
                rev = frame.path("accountRev").asLong(rev);
                readAgain();
            }
            case "room_added" -> {
                number(frame);
                if (isActive) {
                    learn(description(frame), null);
                }
            }
            case "room_removed" -> {
                number(frame);
                if (isActive) {
                    removed(frame.path("room").asText());
                }
            }
            case "room_updated" -> updated(description(frame));
            case "profile" -> host.publish(new AccountEvent.ProfileChanged(Json.read(frame.path("user"), User.class)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void number(JsonNode frame) {
        long next = frame.path("accountRev").asLong();
        if (next > rev + 1) {
            readAgain();
        }
        rev = Math.max(rev, next);
    }

    private void updated(RoomInfo described) {
        Room room = host.rooms().get(described.id());
        if (isActive && room != null && room.state().isMember()) {
            RoomInfo info = room.state().info().describedAs(described);
            room.state().describe(info);
            host.publish(new AccountEvent.RoomUpdated(info));
        }
    }

    /** Reads all rooms after missed events; once more if further events are missed meanwhile. */
    private void readAgain() {
        isStale = true;
        if (isActive && !isReading) {
            isReading = true;
            reread(person);
        }
    }

    private void reread(int reader) {
        isStale = false;
        host.context().whenDone(read(), (picture, failure) -> {
            if (reader != person) {
                return;
            }
            if (failure == null) {
                take(picture);
                backoff.reset();
            } else {
                host.publish(new ClientEvent.Warning(HeliographException.of(failure)));
                isStale |= HeliographException.isTransient(failure);
            }
            if (isStale) {
                host.context().schedule(backoff.next(), () -> {
                    if (reader == person) {
                        reread(reader);
                    }
                });
            } else {
                isReading = false;
            }
        });
    }

    /** All rooms in a snapshot that is not older than the last event, if the server has reached it. */
    private CompletableFuture<AccountPicture> read() {
        CompletableFuture<AccountPicture> done = new CompletableFuture<>();
        read(1, person, done);
        return done;
    }

    private void read(int attempt, int reader, CompletableFuture<AccountPicture> done) {
        host.context().whenDone(pages(null, AccountPicture.before(host.rooms())), (picture, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (reader != person) {
                done.completeExceptionally(HeliographException.signedOut());
            } else if (picture.rev() < rev && attempt < ATTEMPTS) {
                host.context().schedule(PAUSE_MILLIS, () -> read(attempt + 1, reader, done));
            } else {
                done.complete(picture);
            }
        });
    }

    private CompletableFuture<AccountPicture> pages(String after, AccountPicture before) {
        ApiCall call = ApiCall.get("/api/messages/sync").withQuery(RoomCalls.query(new PageRequest(PAGE, after)));
        return host.call(call).thenCompose(answer -> {
            Page<RoomInfo> page = Json.readPage(answer, RoomInfo.class);
            AccountPicture picture = before.with(answer.path("accountRev").asLong(), page.items());
            return page.next() == null ? CompletableFuture.completedFuture(picture) : pages(page.next(), picture);
        });
    }

    private List<Room> take(AccountPicture picture) {
        rev = picture.rev();
        List<Room> rooms = new ArrayList<>();
        picture.rooms().forEach(info -> rooms.add(learn(info, picture.moves().get(info.id()))));
        if (isActive) {
            List<String> ids = rooms.stream().map(Room::id).toList();
            picture.members().stream().filter(id -> !ids.contains(id)).forEach(this::removed);
        }
        return rooms;
    }

    /** @param moves how often the read mark had moved at the time of the request; null if that is not known */
    private Room learn(RoomInfo info, Long moves) {
        Room room = host.room(info.id());
        RoomInfo before = room.state().info();
        boolean isNew = !room.state().isMember();
        room.state().learn(info, moves);
        if (isActive && isNew) {
            host.publish(new AccountEvent.RoomAdded(info));
            if (isFollowing) {
                room.subscribe();
            }
        } else if (isActive && !info.isDescribedLike(before)) {
            host.publish(new AccountEvent.RoomUpdated(info));
        }
        return room;
    }

    private void removed(String id) {
        Room room = host.rooms().get(id);
        if (room != null && room.state().isMember()) {
            room.state().removed();
            host.publish(new AccountEvent.RoomRemoved(id));
        }
    }

    private static RoomInfo description(JsonNode frame) {
        ObjectNode described = frame.deepCopy();
        described.set("id", frame.path("room"));
        return Json.read(described, RoomInfo.class);
    }

    private static Instant lastChange(Room room) {
        RoomInfo info = Objects.requireNonNull(room.state().info());
        return info.lastMessage() == null
                ? info.createdAt()
                : info.lastMessage().createdAt();
    }
}
