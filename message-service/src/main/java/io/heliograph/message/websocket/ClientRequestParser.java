package io.heliograph.message.websocket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.heliograph.message.event.RoomEvent;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.request.Text;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Parses a frame from its bytes, so that text that is not UTF-8 is rejected; ignores unknown fields, rejects wrong
 * types and exceeded bounds.
 */
final class ClientRequestParser {

    private static final int MAX_ID = 128;
    /** Our tokens are under 1,000 characters; those of other issuers may carry more claims. */
    private static final int MAX_TOKEN = 8_192;

    private static final String MENTIONS =
            "must be a list of at most " + MessageAttributes.MAX_MENTIONS + " ids of users";

    /** Fractions keep their digits, as they do in bodies of REST. */
    private static final ObjectReader JSON = new ObjectMapper()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

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
            // Rejected below, like JSON that is not an object.
        }
        throw RequestException.malformed(null, "invalid_json", "a frame is one JSON object");
    }

    private ClientRequest request() throws RequestException {
        return switch (text("type", 1, 32)) {
            case "connect" -> new ClientRequest.Connect(id, text("token", 1, MAX_TOKEN));
            case "join" -> new ClientRequest.Join(id, room(), after());
            case "leave" -> new ClientRequest.Leave(id, room());
            case "send" ->
                new ClientRequest.Send(
                        id, room(), text("clientId", 1, NewMessage.MAX_CLIENT_ID), content(), attributes());
            case "typing" -> new ClientRequest.Typing(id, room());
            case "event" -> new ClientRequest.Event(id, room(), event());
            case "read" ->
                new ClientRequest.Read(id, room(), count("seq", 0, "must be a seq of the room"), flag("force"));
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

    private MessageAttributes attributes() throws RequestException {
        Metadata metadata = isGiven("metadata") ? metadata(frame.get("metadata")) : null;
        Long replyTo = isGiven("replyTo") ? (Long) count("replyTo", 1, "must be the seq of a message") : null;
        List<UUID> mentions = isGiven("mentions") ? mentions(frame.get("mentions")) : null;
        return MessageAttributes.of(metadata, replyTo, mentions);
    }

    private Metadata metadata(JsonNode value) throws RequestException {
        try (JsonParser json = value.traverse()) {
            json.nextToken();
            return Metadata.read(json).orElseThrow(() -> invalid("metadata", Metadata.BOUNDS));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private List<UUID> mentions(JsonNode values) throws RequestException {
        if (!values.isArray() || values.size() > MessageAttributes.MAX_MENTIONS) {
            throw invalid("mentions", MENTIONS);
        }
        List<UUID> ids = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            try {
                ids.add(UUID.fromString(value.asText()));
            } catch (IllegalArgumentException malformed) {
                throw invalid("mentions", MENTIONS);
            }
        }
        return ids;
    }

    private RoomEvent event() throws RequestException {
        String name = text("name", 1, 64);
        if (!RoomEvent.isName(name)) {
            throw invalid("name", RoomEvent.NAME_FAULT);
        }
        RoomEvent event = RoomEvent.of(name, frame.path("data"));
        if (event.fault() != null) {
            throw invalid("data", event.fault());
        }
        return event;
    }

    /** An id that is not a UUID cannot be that of a room. */
    private UUID room() throws RequestException {
        try {
            return UUID.fromString(text("room", 1, 64));
        } catch (IllegalArgumentException e) {
            throw RequestException.refused(id, "room_not_found", "There is no such room.");
        }
    }

    private Long after() throws RequestException {
        return isGiven("after") ? (Long) count("after", 0, "must be a revision of the room") : null;
    }

    private boolean isGiven(String field) {
        return frame.hasNonNull(field);
    }

    private long count(String field, long min, String fault) throws RequestException {
        JsonNode value = frame.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < min) {
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
