package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/** Reads the JSON of a Slack export as a stream: what nobody asks for is skipped and takes no memory. */
final class SlackJson {

    /** Reads the value of one field, or skips it. */
    interface Field {
        void read(String name) throws IOException;
    }

    /** Of a text in Slack: several times what it takes of one message. */
    private static final int MAX_STRING = 1_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private SlackJson() {}

    /** The stream stays open. */
    static JsonParser parser(InputStream input) throws IOException {
        return JSON.createParser(input).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    static void expectArray(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new JsonParseException(json, "no array");
        }
    }

    /** Of the object at whose beginning the parser is. */
    static void fields(JsonParser json, Field field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }

    /** Null if the value is no text, or an empty one. */
    static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            String text = json.getText();
            return text.isEmpty() ? null : text;
        }
        json.skipChildren();
        return null;
    }

    /** Of the profile at whose beginning the parser is: what people chose to be called, or their full name. */
    static String shownName(JsonParser json) throws IOException {
        return firstOf(json, "display_name", "real_name", "name");
    }

    /** The first of these fields of an object that has a text; null if the value is no object. */
    static String firstOf(JsonParser json, String... names) throws IOException {
        for (String text : texts(json, names)) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** What these fields of an object have as text; null for each that has none, and for all if the value is no object. */
    static String[] texts(JsonParser json, String... names) throws IOException {
        String[] found = new String[names.length];
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        fields(json, field -> {
            for (int i = 0; i < names.length; i++) {
                if (names[i].equals(field)) {
                    found[i] = text(json);
                    return;
                }
            }
            json.skipChildren();
        });
        return found;
    }

    static String first(String one, String other) {
        return one == null ? other : one;
    }
}
