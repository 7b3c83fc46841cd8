package io.heliograph.message.page;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Part of a list; {@code next} is the cursor of the next page, or null at the end. */
public record Page<T>(
        List<T> items,
        @Schema(type = SchemaType.STRING, nullable = true) Object next) {

    /** {@code found} has one item more than {@code limit} if there is another page. */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Object> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)));
    }
}
