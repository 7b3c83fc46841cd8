package io.heliograph.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The body of every error response (RFC 9457).
 *
 * @param type {@code urn:heliograph:problem:} and the code
 * @param code stable, and listed in docs/errors.md: programs branch on it, while texts may change
 * @param requestId null outside of a request; then it is left out
 * @param errors left out when there are none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
        String type, String title, int status, String detail, String code, String requestId, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:heliograph:problem:";

    public ProblemDetails(
            int status, String title, String code, String detail, String requestId, List<FieldError> errors) {
        this(TYPE_PREFIX + code, title, status, detail, code, requestId, errors);
    }

    /** The document as JSON, for responses that are not written by Jackson. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        if (requestId != null) {
            json.put("requestId", requestId);
        }
        if (!errors.isEmpty()) {
            JsonArray list = new JsonArray();
            errors.forEach(error ->
                    list.add(new JsonObject().put("field", error.field()).put("message", error.message())));
            json.put("errors", list);
        }
        return json;
    }
}
