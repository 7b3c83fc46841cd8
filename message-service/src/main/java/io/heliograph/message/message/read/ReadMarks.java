package io.heliograph.message.message.read;

import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.account.OwnMark;
import io.heliograph.message.delivery.EphemeralEvent;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.read.ReadRepository.Mark;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/** The read marks of users. A mark is stored, moves forward unless forced, and is published to the room when it moves. */
@Singleton
public final class ReadMarks {

    /** Members of a room whose read marks are listed: the number up to which read events are published. */
    private static final long MAX_MEMBERS = 500;

    private final ReadRepository repository;
    private final RoomAccess rooms;
    private final Presence presence;
    private final AccountSignals signals;

    ReadMarks(ReadRepository repository, RoomAccess rooms, Presence presence, AccountSignals signals) {
        this.signals = signals;
        this.repository = repository;
        this.rooms = rooms;
        this.presence = presence;
    }

    /**
     * Moves the mark to {@code seq}, or to the end of the room, and returns its position; without {@code force} it
     * never moves back. Fails like {@link RoomAccess#joined}.
     */
    public Future<Long> move(UUID room, Sender user, long seq, boolean force) {
        return repository
                .move(room, user.id(), seq, force)
                .compose(mark -> mark.isPresent()
                        ? Future.succeededFuture(publish(room, user, mark.get(), force))
                        : rooms.joined(room, user.id()).compose(view -> move(room, user, seq, force)));
    }

    /** The marks of members whose ids are above {@code after}. Fails like {@link RoomAccess#joined}. */
    Future<List<MemberMark>> list(UUID room, UUID reader, UUID after, int limit) {
        return rooms.joined(room, reader)
                .compose(view -> repository.isLarger(room, MAX_MEMBERS))
                .compose(
                        larger -> larger ? Future.failedFuture(tooManyMembers()) : repository.list(room, after, limit));
    }

    private long publish(UUID room, Sender user, Mark mark, boolean forced) {
        if (mark.moved()) {
            EphemeralEvent event = EphemeralEvent.read(room, user, mark.seq(), forced);
            presence.publish(room, event)
                    .onSuccess(published ->
                            signals.mark(room, new OwnMark(user.id(), mark.seq(), published, event.frame())));
        }
        return mark.seq();
    }

    private static ProblemException tooManyMembers() {
        return ProblemException.of(
                Status.CONFLICT, "too_many_members", "Read marks are listed in rooms of up to 500 members.");
    }
}
