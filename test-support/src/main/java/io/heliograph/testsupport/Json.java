package io.heliograph.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.ValidatableResponse;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as the tests read and write it. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    /** The body of a response. Faster than the paths of REST Assured, each of which is a script that it compiles. */
    public static JsonNode body(ValidatableResponse response) {
        return parse(response.extract().asString());
    }

    public static JsonNode text(String text) {
        return MAPPER.getNodeFactory().textNode(text);
    }

    public static String write(Map<String, ?> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
