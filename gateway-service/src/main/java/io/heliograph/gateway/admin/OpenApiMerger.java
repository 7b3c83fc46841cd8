package io.heliograph.gateway.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Merges the OpenAPI documents of services into the gateway's own. Only operations that the gateway routes are included,
 * each with the responses of the gateway itself: see {@link GatewayResponses}. Components of the gateway's own go before
 * those of a service, except that different schemas of one name get a number, and that a response has the codes of all.
 */
final class OpenApiMerger {

    private static final String SCHEMA = "#/components/schemas/";

    private final UnaryOperator<String> resources;
    private final JsonObject merged;
    private final GatewayResponses responses;

    /**
     * @param resources the resource of a path; null if it is not routed to a service
     * @param base the gateway's own description, to which the others are added
     */
    OpenApiMerger(UnaryOperator<String> resources, JsonObject base) {
        this.resources = resources;
        this.merged = base.copy();
        this.responses = new GatewayResponses(merged.getJsonObject("components"));
    }

    void add(JsonObject description) {
        Map<String, String> names = rename(components(description, "schemas"));
        components(description, "schemas").forEach(schema -> components(merged, "schemas")
                .put(names.get(schema.getKey()), renamed(schema.getValue(), names)));
        components(description, "responses").forEach(response -> {
            JsonObject known = components(merged, "responses").getJsonObject(response.getKey());
            if (known != null) {
                GatewayResponses.addCodes(known, (JsonObject) response.getValue());
            }
        });
        addMissing(description, "responses", names);
        addMissing(description, "headers", names);
        JsonObject paths = merged.getJsonObject("paths");
        description.getJsonObject("paths", new JsonObject()).forEach(path -> {
            String resource = resources.apply(path.getKey());
            if (resource != null && !paths.containsKey(path.getKey())) {
                JsonObject calls = (JsonObject) renamed(path.getValue(), names);
                calls.forEach(call -> complete(call.getValue(), resource));
                paths.put(path.getKey(), calls);
            }
        });
    }

    JsonObject merged() {
        return merged;
    }

    private void addMissing(JsonObject description, String kind, Map<String, String> names) {
        JsonObject known = components(merged, kind);
        components(description, kind).forEach(component -> {
            if (!known.containsKey(component.getKey())) {
                known.put(component.getKey(), renamed(component.getValue(), names));
            }
        });
    }

    /** The names under which these can stand beside those that are there. */
    private Map<String, String> rename(JsonObject schemas) {
        JsonObject known = components(merged, "schemas");
        Map<String, String> names = new HashMap<>();
        schemas.forEach(schema -> {
            String name = schema.getKey();
            int number = 1;
            while (known.containsKey(name) && !schema.getValue().equals(known.getValue(name))) {
                number++;
                name = schema.getKey() + number;
            }
            names.put(schema.getKey(), name);
        });
        return names;
    }

    private static JsonObject components(JsonObject description, String kind) {
        JsonObject components = description.getJsonObject("components", new JsonObject());
        return components.getJsonObject(kind, new JsonObject());
    }

    private void complete(Object call, String resource) {
        if (call instanceof JsonObject operation && operation.containsKey("responses")) {
            if (!operation.containsKey("tags")) {
                operation.put("tags", new JsonArray().add(resource));
            }
            responses.addTo(operation);
        }
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
