package io.heliograph.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Ways through the schemas of a document. */
final class Schemas {

    private Schemas() {}

    /** The name of the component that a reference leads to. */
    static String nameOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** The component that a reference leads to. */
    static Schema referred(OpenAPI document, String reference) {
        Schema schema = document.getComponents().getSchemas().get(nameOf(reference));
        if (schema == null) {
            throw new IllegalStateException("There is no schema of the name " + nameOf(reference) + '.');
        }
        return schema;
    }

    static boolean isNullable(Schema schema) {
        return (schema.getType() != null && schema.getType().contains(SchemaType.NULL))
                || choices(schema).stream().anyMatch(Schemas::isNullable);
    }

    /** The same, but never null. */
    static Schema withoutNull(Schema schema) {
        if (schema.getType() != null) {
            schema.setType(schema.getType().stream()
                    .filter(type -> type != SchemaType.NULL)
                    .toList());
            return schema;
        }
        List<Schema> others =
                schema.getAnyOf().stream().filter(choice -> !isNullable(choice)).toList();
        return others.size() == 1 ? others.get(0) : schema.anyOf(others);
    }

    /** The schemas of which a value has to be one, or all. */
    static List<Schema> choices(Schema schema) {
        return Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    static List<Operation> operations(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .toList();
    }

    static List<MediaType> mediaTypes(Content content) {
        return content == null || content.getMediaTypes() == null
                ? List.of()
                : List.copyOf(content.getMediaTypes().values());
    }

    /** Replaces each schema of the document, from the outside to the inside. */
    static void replaceAll(OpenAPI document, UnaryOperator<Schema> by) {
        Map<String, Schema> components = new LinkedHashMap<>();
        document.getComponents().getSchemas().forEach((name, schema) -> components.put(name, replaced(schema, by)));
        document.getComponents().setSchemas(components);
        for (Operation operation : operations(document)) {
            if (operation.getParameters() != null) {
                operation.getParameters().stream()
                        .filter(parameter -> parameter.getSchema() != null)
                        .forEach(parameter -> parameter.setSchema(replaced(parameter.getSchema(), by)));
            }
            if (operation.getRequestBody() != null) {
                mediaTypes(operation.getRequestBody().getContent()).forEach(type -> replace(type, by));
            }
            operation.getResponses().getAPIResponses().values().stream()
                    .flatMap(response -> mediaTypes(response.getContent()).stream())
                    .forEach(type -> replace(type, by));
        }
    }

    private static void replace(MediaType type, UnaryOperator<Schema> by) {
        if (type.getSchema() != null) {
            type.setSchema(replaced(type.getSchema(), by));
        }
    }

    private static Schema replaced(Schema schema, UnaryOperator<Schema> by) {
        Schema replaced = by.apply(schema);
        if (replaced.getProperties() != null) {
            Map<String, Schema> properties = new LinkedHashMap<>();
            replaced.getProperties().forEach((name, property) -> properties.put(name, replaced(property, by)));
            replaced.setProperties(properties);
        }
        if (replaced.getItems() != null) {
            replaced.setItems(replaced(replaced.getItems(), by));
        }
        if (replaced.getAnyOf() != null) {
            replaced.setAnyOf(
                    replaced.getAnyOf().stream().map(each -> replaced(each, by)).toList());
        }
        if (replaced.getOneOf() != null) {
            replaced.setOneOf(
                    replaced.getOneOf().stream().map(each -> replaced(each, by)).toList());
        }
        return replaced;
    }
}
