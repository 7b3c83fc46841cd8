package io.heliograph.message.request;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** Where a list goes on and how much of it is wanted. */
public class Paging {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** 200 items of 8,000 characters are some megabytes: as much as one answer should hold. */
    @QueryParam("limit")
    @DefaultValue("50")
    @Min(1)
    @Max(200)
    int limit;

    @QueryParam("after")
    UUID after;

    public int limit() {
        return limit;
    }

    /** The last id of the page before, or one that comes before all. */
    public UUID afterId() {
        return after == null ? BEFORE_ALL : after;
    }
}
