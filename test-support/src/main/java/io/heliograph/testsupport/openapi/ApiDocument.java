package io.heliograph.testsupport.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.heliograph.testsupport.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An OpenAPI 3.1 document, with its operations by what a client requests and its schemas as validators. */
public final class ApiDocument {

    /** OpenAPI 3.1 builds on this version. */
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode document;
    private final JsonNode closed;
    private final List<String> templates;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final Map<JsonNode, JsonSchema> closedSchemas = new ConcurrentHashMap<>();

    private ApiDocument(JsonNode document) {
        this.document = document;
        this.closed = document.get("components").deepCopy();
        close(closed.get("schemas"));
        // Names before parameters, as JAX-RS has them.
        this.templates = Stream.of(document.get("paths").properties())
                .flatMap(paths -> paths.stream().map(Map.Entry::getKey))
                .sorted(Comparator.comparingInt(ApiDocument::parameters).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    public static ApiDocument of(String json) {
        return new ApiDocument(Json.parse(json));
    }

    JsonNode paths() {
        return document.get("paths");
    }

    /** The path as the document has it; the one with the fewest parameters, if several match. */
    Optional<String> template(String path) {
        return templates.stream().filter(template -> matches(template, path)).findFirst();
    }

    /** A missing node if the path has no such method. */
    JsonNode operation(String template, String method) {
        return document.get("paths").get(template).path(method.toLowerCase(Locale.ROOT));
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** Why a value that was sent is none of this schema; more fields than described are no fault. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return faults(schemas.computeIfAbsent(schema, each -> validator(each, document.get("components"))), value);
    }

    /** Why a value that was received is none of this schema; a field that is not described is a fault. */
    List<String> faultsOfAnswer(JsonNode schema, JsonNode value) {
        return faults(closedSchemas.computeIfAbsent(schema, each -> validator(each, closed)), value);
    }

    private static List<String> faults(JsonSchema validator, JsonNode value) {
        return validator
                .validate(value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** With the components beside it, so that its references lead somewhere. */
    private static JsonSchema validator(JsonNode schema, JsonNode components) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", components);
        return FACTORY.getSchema(whole);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(ApiDocument::close);
    }

    private static int parameters(String template) {
        return template.split("\\{", -1).length - 1;
    }

    private static boolean matches(String template, String path) {
        String[] expected = template.split("/", -1);
        String[] actual = path.split("/", -1);
        if (expected.length != actual.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            boolean parameter = expected[i].startsWith("{");
            if (parameter ? actual[i].isEmpty() : !expected[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }
}
