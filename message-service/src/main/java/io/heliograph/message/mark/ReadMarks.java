package io.heliograph.message.mark;

import io.heliograph.message.room.Rooms;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The one way in which a read mark moves, whoever asks for it. */
@Singleton
public final class ReadMarks {

    private final Rooms rooms;
    private final ReadMarkRepository repository;

    ReadMarks(Rooms rooms, ReadMarkRepository repository) {
        this.rooms = rooms;
        this.repository = repository;
    }

    /**
     * Moves the mark to {@code seq}, or to the end of the room if that comes first; never back. Answers where it stands
     * then. Fails like {@link Rooms#joined}.
     */
    public Future<ReadMark> move(UUID room, UUID person, long seq) {
        return rooms.joined(room, person)
                .compose(view -> repository.move(room, person, seq))
                .map(mark -> mark.orElseThrow(Rooms::notMember));
    }
}
