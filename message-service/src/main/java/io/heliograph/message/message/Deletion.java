package io.heliograph.message.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a message is deleted that somebody else than its sender deleted, as everyone in the room may know. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deletion(By by, @Schema(nullable = true) String reason) {

    /** Who deleted it. Which of them it was is in the audit log alone. */
    @Schema(name = "DeletedBy")
    public enum By {
        /** An owner of the room. */
        @JsonProperty("owner")
        OWNER,
        /** An integrator or an administrator. */
        @JsonProperty("moderator")
        MODERATOR,
        /** It was older than messages are kept. */
        @JsonProperty("retention")
        RETENTION;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it is stored. */
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
