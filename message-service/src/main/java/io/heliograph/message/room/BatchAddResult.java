package io.heliograph.message.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result for each user of the request, in its order. */
@Schema(name = "AddedMembers")
record BatchAddResult(List<Item> items) {

    /** {@code code} is the code of the problem that a single request would have had. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AddedMember")
    record Item(
            UUID user,
            Result result,
            @Schema(nullable = true) String code) {

        static Item of(UUID user, Result result) {
            return new Item(user, result, null);
        }

        static Item refused(UUID user, String code) {
            return new Item(user, Result.REFUSED, code);
        }
    }

    @Schema(name = "AddMemberResult")
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
