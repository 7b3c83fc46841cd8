package io.heliograph.message.changefeed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.heliograph.message.delivery.Change;
import io.heliograph.message.delivery.ReplayPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Changes of a room in the order of their revisions.
 *
 * @param items the frames {@code message}, {@code updated} and {@code deleted} of the WebSocket protocol
 * @param next the value of {@code after} for the next page; null if there is none
 * @param rev the revision up to which the caller has the room; the value of {@code after} for the next request if
 *     {@code next} is null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RoomChanges(
        @Schema(type = SchemaType.ARRAY, implementation = Map.class)
        List<Frame> items,

        @Schema(nullable = true) Long next,
        long rev) {

    /** One change as JSON, as in WebSocket frames. */
    @Schema(implementation = Map.class)
    record Frame(@JsonValue @JsonRawValue String json) {

        static Frame of(Change change) {
            return new Frame(new String(change.frame(), StandardCharsets.UTF_8));
        }
    }

    /** No changes after this revision. */
    static RoomChanges none(long rev) {
        return new RoomChanges(List.of(), null, rev);
    }

    /** The first {@code limit} changes of the page. */
    static RoomChanges of(ReplayPage page, int limit) {
        List<Change> changes = page.changes();
        if (changes.size() > limit) {
            long rev = changes.get(limit - 1).rev();
            return new RoomChanges(frames(changes.subList(0, limit)), rev, rev);
        }
        return new RoomChanges(frames(changes), page.more() ? page.upTo() : null, page.upTo());
    }

    private static List<Frame> frames(List<Change> changes) {
        return changes.stream().map(Frame::of).toList();
    }
}
