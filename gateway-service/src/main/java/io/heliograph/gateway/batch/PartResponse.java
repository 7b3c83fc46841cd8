package io.heliograph.gateway.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.heliograph.gateway.pipeline.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.IOException;

/**
 * The response to one part.
 *
 * @param json the body as JSON: itself if it is JSON, a string if it is something else, {@code null} if there is none
 */
record PartResponse(int status, String json) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NOTHING = "null";

    static PartResponse of(Problem problem, String requestId) {
        return new PartResponse(problem.status(), problem.body(requestId).toString());
    }

    /** What says that it is JSON is believed once it has been read: else it would break the whole batch. */
    static PartResponse of(int status, String contentType, Buffer body) {
        String text = body.toString();
        if (text.isEmpty()) {
            return new PartResponse(status, NOTHING);
        }
        return new PartResponse(status, isJson(contentType) && isCompleteValue(text) ? text : Json.encode(text));
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).trim();
        return type.equalsIgnoreCase("application/json")
                || type.regionMatches(true, Math.max(0, type.length() - 5), "+json", 0, 5);
    }

    /** Whether it is one JSON value and nothing else. */
    private static boolean isCompleteValue(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
