package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a message was deleted that another user than its sender deleted. All members can read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deletion(By by, @Schema(nullable = true) String reason) {

    /** By which right it was deleted. The user who deleted it is only in the audit log. */
    @Schema(name = "DeletedBy")
    public enum By {
        /** An owner of the room. */
        @JsonProperty("owner")
        OWNER,
        /** An integrator or an administrator. */
        @JsonProperty("moderator")
        MODERATOR,
        /** The retention period of the message has ended. */
        @JsonProperty("retention")
        RETENTION;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The stored form. */
    public JsonObject json() {
        JsonObject json = JsonObject.of("by", by.text());
        return reason == null ? json : json.put("reason", reason);
    }

    static Deletion of(JsonObject json) {
        return json == null
                ? null
                : new Deletion(By.valueOf(json.getString("by").toUpperCase(Locale.ROOT)), json.getString("reason"));
    }
}
