package io.heliograph.message.message.read;

import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.read.ReadRepository.Mark;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.room.RoomAccess;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The read marks of users. A mark is stored, moves forward only, and is published to the room when it moves. */
@Singleton
public final class ReadMarks {

    private final ReadRepository repository;
    private final RoomAccess rooms;
    private final Presence presence;

    ReadMarks(ReadRepository repository, RoomAccess rooms, Presence presence) {
        this.repository = repository;
        this.rooms = rooms;
        this.presence = presence;
    }

    /** Where the mark is now: not before {@code seq}, unless the room ends there. Fails like {@link RoomAccess#joined}. */
    public Future<Long> move(UUID room, Sender user, long seq) {
        return repository
                .move(room, user.id(), seq)
                .compose(mark -> mark.isPresent()
                        ? Future.succeededFuture(publish(room, user, mark.get()))
                        : rooms.joined(room, user.id()).compose(view -> move(room, user, seq)));
    }

    private long publish(UUID room, Sender user, Mark mark) {
        if (mark.moved()) {
            presence.publish(room, EphemeralEvent.read(room, user, mark.seq()));
        }
        return mark.seq();
    }
}
