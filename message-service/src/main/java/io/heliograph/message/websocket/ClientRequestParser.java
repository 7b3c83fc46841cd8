package io.heliograph.message.websocket;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.request.Text;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.UUID;

/** Parses a frame from its bytes, so that text that is not UTF-8 is rejected; ignores unknown fields, rejects wrong types and exceeded bounds. */
final class ClientRequestParser {

    private static final int MAX_ID = 128;
    /** Our tokens are under 1,000 characters; those of other issuers may carry more claims. */
    private static final int MAX_TOKEN = 8_192;

    private static final ObjectReader JSON =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode frame;
    private final String id;

    private ClientRequestParser(JsonNode frame, String id) {
        this.frame = frame;
        this.id = id;
    }

    static ClientRequest parse(Buffer text) throws RequestException {
        JsonNode frame = read(text);
        JsonNode id = frame.path("id");
        boolean none = id.isMissingNode() || id.isNull();
        boolean sane = none
                || id.isIntegralNumber()
                || (id.isTextual() && Text.Validator.fault(id.asText(), 0, MAX_ID) == null);
        if (!sane) {
            throw RequestException.malformed(
                    null, "invalid_request", "id must be an integer or well-formed text of up to 128 characters");
        }
        return new ClientRequestParser(frame, none ? null : id.toString()).request();
    }

    private static JsonNode read(Buffer text) throws RequestException {
        try {
            JsonNode frame = JSON.readValue(text.getBytes());
            if (frame != null && frame.isObject()) {
                return frame;
            }
        } catch (IOException e) {
            // Answered like JSON that is no object.
        }
        throw RequestException.malformed(null, "invalid_json", "a frame is one JSON object");
    }

    private ClientRequest request() throws RequestException {
        return switch (text("type", 1, 32)) {
            case "connect" -> new ClientRequest.Connect(id, text("token", 1, MAX_TOKEN));
            case "join" -> new ClientRequest.Join(id, room(), after());
            case "leave" -> new ClientRequest.Leave(id, room());
            case "send" -> new ClientRequest.Send(id, room(), text("clientId", 1, NewMessage.MAX_CLIENT_ID), content());
            case "typing" -> new ClientRequest.Typing(id, room());
            case "read" -> new ClientRequest.Read(id, room(), count("seq", "must be a seq of the room"), flag("force"));
            case "ping" -> new ClientRequest.Ping(id);
            default -> throw RequestException.malformed(id, "unknown_type", "there is no such type of frame");
        };
    }

    private String text(String field, int min, int max) throws RequestException {
        JsonNode value = frame.path(field);
        if (!value.isTextual()) {
            throw invalid(field, "must be text");
        }
        String fault = Text.Validator.fault(value.asText(), min, max);
        if (fault != null) {
            throw invalid(field, fault);
        }
        return value.asText();
    }

    private String content() throws RequestException {
        String content = text("content", 1, NewMessage.MAX_CONTENT);
        String fault = Text.Validator.blank(content);
        if (fault != null) {
            throw invalid("content", fault);
        }
        return content;
    }

    /** An id that is no UUID is that of no room. */
    private UUID room() throws RequestException {
        try {
            return UUID.fromString(text("room", 1, 64));
        } catch (IllegalArgumentException e) {
            throw RequestException.refused(id, "room_not_found", "There is no such room.");
        }
    }

    private Long after() throws RequestException {
        JsonNode value = frame.path("after");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return count("after", "must be a revision of the room");
    }

    private long count(String field, String fault) throws RequestException {
        JsonNode value = frame.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw invalid(field, fault);
        }
        return value.asLong();
    }

    private boolean flag(String field) throws RequestException {
        JsonNode value = frame.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw invalid(field, "must be true or false");
        }
        return value.asBoolean();
    }

    private RequestException invalid(String field, String fault) {
        return RequestException.malformed(id, "invalid_request", field + " " + fault);
    }
}
