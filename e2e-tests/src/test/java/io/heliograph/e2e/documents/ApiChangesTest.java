package io.heliograph.e2e.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiChangesTest {

    private static final String DOCUMENT = """
            {"paths": {"/rooms": {"post": {"operationId": "createRoom",
              "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 200}}],
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewRoom"}}}},
              "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Room"}}}},
                "409": {}}}}},
             "components": {"schemas": {
               "NewRoom": {"type": "object", "required": ["name"], "properties": {
                 "name": {"type": "string", "maxLength": 100}, "topic": {"type": ["string", "null"]}}},
               "Room": {"type": "object", "required": ["id", "members"], "properties": {
                 "id": {"type": "string"}, "members": {"type": "array", "items": {"type": "string"}}}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0060',
            value = {
                "\"post\"                        | \"put\"                         | createRoom: is gone",
                "\"409\"                         | \"410\"                         | createRoom: status 409 is gone",
                "\"name\": \"limit\"             | \"name\": \"size\"              | createRoom: parameter limit is gone",
                "\"maximum\": 200                | \"maximum\": 100                | createRoom: parameter limit has a lower maximum",
                "\"required\": [\"name\"]        | \"required\": [\"name\", \"topic\"] | createRoom: request body.topic is required",
                "\"maxLength\": 100              | \"maxLength\": 50               | createRoom: request body.name has a lower maxLength",
                "[\"string\", \"null\"]          | \"string\"                      | createRoom: request body.topic was of the types [null, string], is of [string]",
                "\"id\": {\"type\": \"string\"}  | \"key\": {\"type\": \"string\"} | createRoom: 201 body.id is gone",
                "[\"id\", \"members\"]           | [\"id\"]                        | createRoom: 201 body.members may be missing",
                "\"items\": {\"type\": \"string\"} | \"items\": {\"type\": [\"string\", \"null\"]} | createRoom: 201 body.members[] was of the types [string], is of [null, string]"
            })
    void shouldFindBreakingChanges(String old, String present, String expected) {
        JsonNode after = Json.parse(DOCUMENT.replace(old, present));

        assertEquals(List.of(expected), ApiChanges.breaking(Json.parse(DOCUMENT), after));
    }

    @Test
    void shouldAcceptCompatibleAdditions() {
        JsonNode after = Json.parse(DOCUMENT.replace("\"409\": {}", "\"409\": {}, \"429\": {}")
                .replace("\"id\": {", "\"name\": {\"type\": \"string\"}, \"id\": {")
                .replace("\"maxLength\": 100", "\"maxLength\": 200")
                .replace("\"topic\": {", "\"metadata\": {\"type\": \"object\"}, \"topic\": {"));

        assertEquals(List.of(), ApiChanges.breaking(Json.parse(DOCUMENT), after));
    }
}
