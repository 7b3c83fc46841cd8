package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/** The result for each user who was to be added, in the order of the request. */
record BatchAddResult(List<Item> items) {

    /** {@code code} says why somebody was refused, as it would for that person alone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(UUID user, Result result, String code) {

        static Item of(UUID user, Result result) {
            return new Item(user, result, null);
        }

        static Item refused(UUID user, String code) {
            return new Item(user, Result.REFUSED, code);
        }
    }

    enum Result {
        @JsonProperty("added")
        ADDED,
        /** They were in the room before. */
        @JsonProperty("member")
        MEMBER,
        @JsonProperty("invited")
        INVITED,
        @JsonProperty("refused")
        REFUSED
    }
}
