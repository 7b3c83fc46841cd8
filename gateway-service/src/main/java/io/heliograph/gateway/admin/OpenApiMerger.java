package io.heliograph.gateway.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Merges several OpenAPI documents into one. Only operations that the gateway routes are included, grouped by resource,
 * each with the problem document as its default response. Different schemas of the same name get a number.
 */
final class OpenApiMerger {

    private static final String SCHEMA = "#/components/schemas/";

    private final UnaryOperator<String> resources;
    private final JsonObject merged;

    /**
     * @param resources the resource of a path; null if it is not routed to a service
     * @param base the gateway's own description, to which the others are added
     */
    OpenApiMerger(UnaryOperator<String> resources, JsonObject base) {
        this.resources = resources;
        this.merged = base.copy();
    }

    void add(JsonObject description) {
        Map<String, String> names = rename(schemas(description));
        schemas(description)
                .forEach(schema -> schemas(merged).put(names.get(schema.getKey()), renamed(schema.getValue(), names)));
        JsonObject paths = merged.getJsonObject("paths");
        description.getJsonObject("paths", new JsonObject()).forEach(path -> {
            String resource = resources.apply(path.getKey());
            if (resource != null && !paths.containsKey(path.getKey())) {
                JsonObject calls = (JsonObject) renamed(path.getValue(), names);
                complete(calls, resource);
                paths.put(path.getKey(), calls);
            }
        });
    }

    JsonObject merged() {
        return merged;
    }

    /** The names of the schemas in the merged document, unique among those already there. */
    private Map<String, String> rename(JsonObject schemas) {
        Map<String, String> names = new HashMap<>();
        schemas.forEach(schema -> {
            String name = schema.getKey();
            int number = 1;
            while (schemas(merged).containsKey(name)
                    && !schema.getValue().equals(schemas(merged).getValue(name))) {
                number++;
                name = schema.getKey() + number;
            }
            names.put(schema.getKey(), name);
        });
        return names;
    }

    private static JsonObject schemas(JsonObject description) {
        return description.getJsonObject("components", new JsonObject()).getJsonObject("schemas", new JsonObject());
    }

    private static void complete(JsonObject calls, String resource) {
        calls.forEach(call -> {
            if (call.getValue() instanceof JsonObject operation && operation.containsKey("responses")) {
                operation.put("tags", new JsonArray().add(resource));
                JsonObject responses = operation.getJsonObject("responses");
                if (!responses.containsKey("default")) {
                    responses.put("default", new JsonObject().put("$ref", "#/components/responses/Problem"));
                }
            }
        });
    }

    private static Object renamed(Object node, Map<String, String> names) {
        if (node instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.forEach(field -> copy.put(field.getKey(), renamed(field.getValue(), names)));
            return copy;
        }
        if (node instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(element -> copy.add(renamed(element, names)));
            return copy;
        }
        if (node instanceof String text && text.startsWith(SCHEMA)) {
            String name = text.substring(SCHEMA.length());
            return SCHEMA + names.getOrDefault(name, name);
        }
        return node;
    }
}
