package io.heliograph.e2e.documents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Finds breaking changes of an OpenAPI document: a removed operation, status, parameter or field, a field that may
 * now be missing or has another type, and a request with a new required or stricter value.
 */
final class ApiChanges {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaking = new ArrayList<>();

    private ApiChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    /** A line for each, which begins with the {@code operationId} and a colon. */
    static List<String> breaking(JsonNode before, JsonNode after) {
        ApiChanges changes = new ApiChanges(before, after);
        before.get("paths").properties().forEach(path -> METHODS.stream()
                .filter(path.getValue()::has)
                .forEach(method -> changes.compare(
                        path.getValue().get(method),
                        after.get("paths").path(path.getKey()).path(method))));
        return changes.breaking;
    }

    private void compare(JsonNode old, JsonNode present) {
        String call = old.get("operationId").asText() + ": ";
        if (present.isMissingNode()) {
            breaking.add(call + "is gone");
            return;
        }
        compareParameters(call, old.path("parameters"), present.path("parameters"));
        if (present.at("/requestBody/required").asBoolean()
                && !old.at("/requestBody/required").asBoolean()) {
            breaking.add(call + "requires a body");
        }
        compareContents(call + "request ", old.path("requestBody"), present.path("requestBody"), true);
        old.get("responses").properties().forEach(response -> {
            JsonNode now = present.get("responses").path(response.getKey());
            if (now.isMissingNode()) {
                breaking.add(call + "status " + response.getKey() + " is gone");
            } else {
                String place = call + response.getKey() + " ";
                compareContents(place, resolve(before, response.getValue()), resolve(after, now), false);
            }
        });
    }

    private void compareParameters(String call, JsonNode old, JsonNode present) {
        for (JsonNode parameter : old) {
            JsonNode now = named(present, parameter.get("name").asText());
            if (now == null) {
                breaking.add(call + "parameter " + parameter.get("name").asText() + " is gone");
            } else {
                String place = call + "parameter " + parameter.get("name").asText();
                compareSchemas(place, parameter.get("schema"), now.get("schema"), true, new HashSet<>());
            }
        }
        for (JsonNode parameter : present) {
            JsonNode was = named(old, parameter.get("name").asText());
            if (parameter.path("required").asBoolean()
                    && (was == null || !was.path("required").asBoolean())) {
                breaking.add(
                        call + "requires the parameter " + parameter.get("name").asText());
            }
        }
    }

    private void compareContents(String place, JsonNode old, JsonNode present, boolean sent) {
        old.path("content").properties().forEach(content -> {
            JsonNode now = present.path("content").path(content.getKey());
            if (now.isMissingNode()) {
                breaking.add(place + content.getKey() + " is gone");
            } else {
                compareSchemas(
                        place + "body", content.getValue().path("schema"), now.path("schema"), sent, new HashSet<>());
            }
        });
    }

    private void compareSchemas(String place, JsonNode old, JsonNode present, boolean sent, Set<String> seen) {
        if (old.has("$ref") && !seen.add(old.get("$ref").asText())) {
            return;
        }
        JsonNode was = resolve(before, old);
        JsonNode is = resolve(after, present);
        Set<String> narrower = types(sent ? is : was);
        Set<String> wider = types(sent ? was : is);
        // A value that is sent must accept all former types; a value that is received must have no new type.
        if (!narrower.containsAll(wider)) {
            breaking.add(place + " was of the types " + types(was) + ", is of " + types(is));
        }
        compareFields(place, was, is, sent, seen);
        if (sent) {
            compareBounds(place, was, is);
        }
        if (was.has("items") && is.has("items")) {
            compareSchemas(place + "[]", was.get("items"), is.get("items"), sent, seen);
        }
    }

    private void compareFields(String place, JsonNode was, JsonNode is, boolean sent, Set<String> seen) {
        for (Map.Entry<String, JsonNode> field : was.path("properties").properties()) {
            String name = place + "." + field.getKey();
            JsonNode now = is.path("properties").path(field.getKey());
            if (now.isMissingNode()) {
                breaking.add(name + " is gone");
            } else {
                compareSchemas(name, field.getValue(), now, sent, seen);
            }
        }
        Set<String> added = texts((sent ? is : was).path("required"));
        added.removeAll(texts((sent ? was : is).path("required")));
        added.stream()
                .filter(name -> sent || is.path("properties").has(name))
                .forEach(name -> breaking.add(place + "." + name + (sent ? " is required" : " may be missing")));
    }

    private void compareBounds(String place, JsonNode was, JsonNode is) {
        for (String bound : List.of("minLength", "minItems", "minimum")) {
            if (is.has(bound)
                    && (!was.has(bound)
                            || is.get(bound).asDouble() > was.get(bound).asDouble())) {
                breaking.add(place + " has a higher " + bound);
            }
        }
        for (String bound : List.of("maxLength", "maxItems", "maximum")) {
            if (is.has(bound)
                    && (!was.has(bound)
                            || is.get(bound).asDouble() < was.get(bound).asDouble())) {
                breaking.add(place + " has a lower " + bound);
            }
        }
        if (is.has("enum") && !texts(is.get("enum")).containsAll(texts(was.path("enum")))) {
            breaking.add(place + " takes fewer values");
        }
    }

    /** With null as one of them; empty for any. */
    private static Set<String> types(JsonNode schema) {
        Set<String> types = new TreeSet<>();
        if (schema.path("type").isTextual()) {
            types.add(schema.get("type").asText());
        }
        types.addAll(texts(schema.path("type")));
        schema.path("anyOf").forEach(choice -> types.addAll(choice.has("$ref") ? Set.of("object") : types(choice)));
        return types;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static JsonNode named(JsonNode parameters, String name) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .filter(parameter -> parameter.get("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
