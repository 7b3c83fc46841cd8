package io.heliograph.message.page;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The position at which a list continues, and the size of the page. */
public class PageRequest {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    /** 200 items of 8,000 characters are some megabytes: as much as one answer should hold. */
    @QueryParam("limit")
    @DefaultValue("50")
    @Min(1)
    @Max(200)
    int limit;

    @QueryParam("after")
    String after;

    public int limit() {
        return limit;
    }

    /** For a list in the order of ids: the last id of the previous page, or one below all ids. */
    public UUID afterId() {
        try {
            return after == null ? BEFORE_ALL : UUID.fromString(after);
        } catch (IllegalArgumentException notAnId) {
            throw Cursor.notOurs();
        }
    }

    /** For a list in the reverse order of ids: the last id of the previous page, or one above all ids. */
    public UUID beforeId() {
        return after == null ? AFTER_ALL : afterId();
    }

    /** For a list in another order: the parts of its {@link Cursor}, or {@code start} for the first page. */
    public <T> T after(int parts, Function<List<String>, T> from, T start) {
        return after == null ? start : Cursor.read(after, parts, from);
    }
}
