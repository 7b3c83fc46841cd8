package io.heliograph.rest.metadata;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JSON object of the embedder, which is stored and returned unchanged: fields keep their order and numbers their
 * digits. It is bounded, since it is part of every response and frame with its room or message.
 *
 * @param json without white space
 */
@JsonDeserialize(using = Metadata.Deserializer.class)
public record Metadata(@JsonValue @JsonRawValue String json) {

    /** Of {@link #json} in UTF-8. */
    public static final int MAX_BYTES = 4_096;

    /** Of objects and arrays inside each other; the whole is the first. */
    public static final int MAX_DEPTH = 5;

    /** What is asked of it, as an error message. */
    public static final String BOUNDS = "must be a JSON object of at most " + MAX_BYTES + " bytes and " + MAX_DEPTH
            + " levels, of well-formed text and of numbers that a double can hold";

    private static final Metadata EMPTY = new Metadata("{}");

    private static final JsonFactory JSON = new JsonFactory();

    /** For fields of JSON bodies: what breaks a bound is a mismatch of this type. */
    static final class Deserializer extends StdDeserializer<Metadata> {

        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(Metadata.class);
        }

        @Override
        public Metadata deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Optional<Metadata> read = read(json);
            return read.isPresent() ? read.get() : context.reportInputMismatch(this, BOUNDS);
        }
    }

    /** As it was stored; null stays null. */
    public static Metadata ofStored(String json) {
        return json == null ? null : new Metadata(json);
    }

    /**
     * The object that begins at the current token; empty if there is none within the bounds. Then the parser is
     * somewhere inside of it.
     *
     * @throws IOException if the text is not JSON
     */
    public static Optional<Metadata> read(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            return Optional.empty();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            int depth = 0;
            while (true) {
                depth += json.currentToken().isStructStart()
                        ? 1
                        : json.currentToken().isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH || !copied(json, copy)) {
                    return Optional.empty();
                }
                if (depth == 0) {
                    break;
                }
                json.nextToken();
            }
        }
        return bounded(text.toString());
    }

    /** Whether there is nothing in it: as a change it removes what was there. */
    public boolean isEmpty() {
        return equals(EMPTY);
    }

    private static boolean copied(JsonParser json, JsonGenerator copy) throws IOException {
        if (json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            copy.writeNumber(json.getBigIntegerValue());
        } else if (json.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            BigDecimal number = json.getDecimalValue();
            copy.writeNumber(number.toString());
            // Most parsers would read it as infinity.
            return Double.isFinite(number.doubleValue());
        } else {
            copy.copyCurrentEvent(json);
        }
        return true;
    }

    private static Optional<Metadata> bounded(String json) {
        boolean wellFormed = json.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        return wellFormed && json.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                ? Optional.of(new Metadata(json))
                : Optional.empty();
    }
}
