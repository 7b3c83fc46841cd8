package io.heliograph.message.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/** Reads the JSON of a Slack export as a stream. Fields that are not needed are skipped and take no memory. */
final class SlackJson {

    /** Reads the value of one field, or skips it. */
    interface Field {
        void read(String name) throws IOException;
    }

    /** The most characters of a text: several times the limit of Slack. */
    private static final int MAX_STRING = 1_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private SlackJson() {}

    /** A parser that does not close the stream. */
    static JsonParser parser(InputStream input) throws IOException {
        return JSON.createParser(input).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    static void expectArray(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new JsonParseException(json, "no array");
        }
    }

    /** Reads the fields of the object at whose start the parser is. */
    static void fields(JsonParser json, Field field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }

    /** The text; null if the value is empty or not a text. */
    static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            String text = json.getText();
            return text.isEmpty() ? null : text;
        }
        json.skipChildren();
        return null;
    }

    /** The display name, or else the full name, of the profile at whose start the parser is. */
    static String shownName(JsonParser json) throws IOException {
        return firstOf(json, "display_name", "real_name", "name");
    }

    /** The text of the first of these fields that has one; null if the value is not an object. */
    static String firstOf(JsonParser json, String... names) throws IOException {
        for (String text : texts(json, names)) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The texts of these fields of an object; null for a field without a text, and for all if the value is not an object. */
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
