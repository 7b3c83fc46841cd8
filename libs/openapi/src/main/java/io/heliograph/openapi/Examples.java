package io.heliograph.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Gives each body of JSON an example, made of those of its fields: {@code @Schema(examples = …)}, or what their format or
 * their bounds suggest.
 */
final class Examples {

    private static final Map<String, Object> BY_FORMAT = Map.of(
            "uuid", "0197f2c4-6d1e-7a51-9a3b-5f0c2d4e6a81",
            "date-time", "2026-11-30T09:30:00.123456Z",
            "uri", "https://example.com/");

    /** Deeper than any of ours: a schema that holds itself would have no end. */
    private static final int MAX_DEPTH = 8;

    private final OpenAPI document;

    Examples(OpenAPI document) {
        this.document = document;
    }

    void add() {
        for (Operation operation : Schemas.operations(document)) {
            if (operation.getRequestBody() != null) {
                addTo(Schemas.mediaTypes(operation.getRequestBody().getContent()));
            }
            operation
                    .getResponses()
                    .getAPIResponses()
                    .values()
                    .forEach(response -> addTo(Schemas.mediaTypes(response.getContent())));
        }
    }

    private void addTo(List<MediaType> bodies) {
        for (MediaType body : bodies) {
            if (body.getExample() == null && body.getExamples() == null && body.getSchema() != null) {
                body.setExample(of(body.getSchema(), 0));
            }
        }
    }

    private Object of(Schema schema, int depth) {
        if (schema.getRef() != null) {
            return of(Schemas.referred(document, schema.getRef()), depth);
        }
        if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
            return schema.getExamples().get(0);
        }
        if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
            return schema.getEnumeration().get(0);
        }
        List<Schema> choices = Schemas.choices(schema);
        if (!choices.isEmpty()) {
            return of(choices.get(0), depth);
        }
        SchemaType type =
                schema.getType() == null ? SchemaType.OBJECT : schema.getType().get(0);
        return switch (type) {
            case OBJECT -> object(schema, depth);
            case ARRAY ->
                depth < MAX_DEPTH && schema.getItems() != null ? List.of(of(schema.getItems(), depth + 1)) : List.of();
            case INTEGER, NUMBER ->
                schema.getMinimum() == null ? 1 : schema.getMinimum().max(java.math.BigDecimal.ONE);
            case BOOLEAN -> true;
            case STRING -> BY_FORMAT.getOrDefault(String.valueOf(schema.getFormat()), "string");
            case NULL -> null;
        };
    }

    private Map<String, Object> object(Schema schema, int depth) {
        Map<String, Object> example = new LinkedHashMap<>();
        if (schema.getProperties() != null && depth < MAX_DEPTH) {
            List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
            schema.getProperties().forEach((name, property) -> {
                // The example of a change has all fields, although all are optional.
                if (required.isEmpty() || required.contains(name)) {
                    example.put(name, of(property, depth + 1));
                }
            });
        }
        return example;
    }
}
