package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The messages of an AsyncAPI document as validators of frames. Stricter than the document, which lets fields be added
 * later: here a field that is not described is a fault.
 */
final class ProtocolSchemas {

    /** AsyncAPI 3 builds on this version. */
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);

    private final JsonNode document;

    private ProtocolSchemas(JsonNode document) {
        this.document = document;
    }

    static ProtocolSchemas of(byte[] yaml) {
        try {
            JsonNode document = new YAMLMapper().readTree(yaml);
            close(document);
            return new ProtocolSchemas(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages of an operation. */
    Set<String> names(String operation) {
        return StreamSupport.stream(
                        document.at("/operations/" + operation + "/messages").spliterator(), false)
                .map(message -> message.get("$ref").asText())
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** Which messages of the operation these frames are; fails for one that is none. */
    Set<String> namesOf(List<JsonNode> frames, String operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode frame : frames) {
            List<String> matching = names(operation).stream()
                    .filter(name -> faults(frame, schema(name)).isEmpty())
                    .toList();
            assertThat(matching)
                    .as("%s against %s", frame, faults(frame, operation))
                    .hasSize(1);
            names.addAll(matching);
        }
        return names;
    }

    /** Why this frame is no message of the operation, by those that have its type; empty if it is one. */
    List<String> faults(JsonNode frame, String operation) {
        List<String> faults = new ArrayList<>();
        for (String name : names(operation)) {
            Set<ValidationMessage> found = faults(frame, schema(name));
            if (found.isEmpty()) {
                return List.of();
            }
            if (typeOf(name).equals(frame.path("type"))) {
                faults.add(name + ": " + found);
            }
        }
        return faults.isEmpty() ? List.of("no message has this type") : faults;
    }

    private JsonNode typeOf(String name) {
        return payload(name).at("/properties/type/const");
    }

    /** Each frame has a schema of its own, by which clients name their types. */
    private JsonNode payload(String name) {
        String schema =
                document.at("/components/messages/" + name + "/payload/$ref").asText();
        assertThat(schema).startsWith("#/components/schemas/").endsWith("Frame");
        return document.at(schema.substring(1));
    }

    /** With the components beside it, so that its references lead somewhere. */
    private JsonSchema schema(String name) {
        ObjectNode schema = payload(name).deepCopy();
        schema.set("components", document.get("components"));
        return FACTORY.getSchema(schema);
    }

    private static Set<ValidationMessage> faults(JsonNode frame, JsonSchema schema) {
        return schema.validate(frame, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(ProtocolSchemas::close);
    }
}
