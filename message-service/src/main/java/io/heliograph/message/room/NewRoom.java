package io.heliograph.message.room;

import io.heliograph.http.FieldError;
import io.heliograph.message.request.Text;
import io.heliograph.message.request.VisibleText;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request for a room. A room of the kind {@code group}, which is the default, has a name and a visibility, and may
 * have a topic. Only integrators may give its owner and its other members; the owner is the caller if none is given,
 * and an integrator is in the room only if given as one of them. A room of the kind {@code direct} has only members:
 * the other user, or both users if an integrator creates it for others.
 */
record NewRoom(
        @Schema(nullable = true) RoomKind kind,

        @Schema(nullable = true, examples = "general") @Text(max = RoomResource.MAX_NAME) @RoomName
        String name,

        @Schema(nullable = true) Visibility visibility,
        @Text(min = 0, max = RoomResource.MAX_TOPIC) String topic,
        UUID owner,
        @Size(max = MAX_MEMBERS) List<@NotNull UUID> members,

        @Schema(implementation = Map.class, nullable = true) Metadata metadata) {

    /** The size of a batch of members. */
    private static final int MAX_MEMBERS = 1_000;

    private static final String NEEDED = "must not be null";
    private static final String NOT_HERE = "must not be given for a direct room";

    NewRoom {
        kind = kind == null ? RoomKind.GROUP : kind;
        name = VisibleText.foldName(name);
        members = members == null ? List.of() : members;
        metadata = metadata == null || metadata.isEmpty() ? null : metadata;
    }

    boolean isDirect() {
        return kind == RoomKind.DIRECT;
    }

    /** Throws if a field is missing, or not allowed for the kind. */
    void check() {
        List<FieldError> errors = new ArrayList<>();
        if (isDirect()) {
            add(errors, name != null, "name", NOT_HERE);
            add(errors, visibility == Visibility.PUBLIC, "visibility", "must be private for a direct room");
            add(errors, topic != null, "topic", NOT_HERE);
            add(errors, owner != null, "owner", NOT_HERE);
        } else {
            add(errors, name == null, "name", NEEDED);
            add(errors, visibility == null, "visibility", NEEDED);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** The two given users, or the caller and the one given user; throws if these are not two. */
    DirectPair pair(UUID caller) {
        List<UUID> given = members.stream().distinct().toList();
        List<UUID> people = given.size() == 1
                ? Stream.concat(Stream.of(caller), given.stream()).distinct().toList()
                : given;
        if (people.size() != 2) {
            throw ProblemException.invalid(List.of(new FieldError("members", "must name one other person")));
        }
        return DirectPair.of(people.get(0), people.get(1));
    }

    private static void add(List<FieldError> errors, boolean wrong, String field, String message) {
        if (wrong) {
            errors.add(new FieldError(field, message));
        }
    }
}
