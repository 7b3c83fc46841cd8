package io.heliograph.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The objects of a cluster by their paths. Patches are strategic merges as far as the chart needs them, the number of
 * replicas has its default, secrets are encoded, and a Job is complete as soon as it exists.
 */
final class ApiObjects {

    /** The keys that identify elements of a list; other lists are replaced as a whole. */
    private static final Map<String, List<String>> MERGE_KEYS = Map.of(
            "containers", List.of("name"),
            "initContainers", List.of("name"),
            "env", List.of("name"),
            "volumes", List.of("name"),
            "volumeMounts", List.of("mountPath"),
            "ports", List.of("containerPort", "port"));

    private final SortedMap<String, JsonObject> objects = new TreeMap<>();
    private int version;

    Optional<JsonObject> find(String path) {
        return Optional.ofNullable(objects.get(path)).map(JsonObject::deepCopy);
    }

    List<JsonObject> below(String collection) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(collection + "/"))
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }

    Optional<JsonObject> delete(String path) {
        return Optional.ofNullable(objects.remove(path));
    }

    Optional<JsonObject> patch(String path, JsonObject patch) {
        return find(path).map(object -> {
            merge(object, patch);
            return put(path, object);
        });
    }

    JsonObject put(String path, JsonObject object) {
        String kind = object.get("kind").getAsString();
        if (kind.equals("Deployment") && !object.getAsJsonObject("spec").has("replicas")) {
            object.getAsJsonObject("spec").addProperty("replicas", 1);
        }
        if (kind.equals("Job")) {
            JsonObject complete = new JsonObject();
            complete.addProperty("type", "Complete");
            complete.addProperty("status", "True");
            JsonArray conditions = new JsonArray();
            conditions.add(complete);
            JsonObject status = new JsonObject();
            status.add("conditions", conditions);
            object.add("status", status);
        }
        if (object.has("stringData")) {
            JsonObject data = new JsonObject();
            object.remove("stringData")
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> data.addProperty(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(
                                            entry.getValue().getAsString().getBytes(UTF_8))));
            object.add("data", data);
        }
        JsonObject metadata = object.getAsJsonObject("metadata");
        version++;
        metadata.addProperty("resourceVersion", String.valueOf(version));
        metadata.addProperty("uid", path);
        objects.put(path, object);
        return object.deepCopy();
    }

    String version() {
        return String.valueOf(version);
    }

    private static void merge(JsonObject into, JsonObject patch) {
        for (Map.Entry<String, JsonElement> field : patch.entrySet()) {
            String name = field.getKey();
            JsonElement value = field.getValue();
            JsonElement present = into.get(name);
            if (value instanceof JsonNull) {
                into.remove(name);
            } else if (value.isJsonObject() && present != null && present.isJsonObject()) {
                merge(present.getAsJsonObject(), value.getAsJsonObject());
            } else if (value.isJsonArray() && present != null && MERGE_KEYS.containsKey(name)) {
                value.getAsJsonArray()
                        .forEach(element -> mergeElement(
                                present.getAsJsonArray(), element.getAsJsonObject(), MERGE_KEYS.get(name)));
            } else if (!name.startsWith("$")) {
                into.add(name, value);
            }
        }
    }

    private static void mergeElement(JsonArray into, JsonObject patch, List<String> keys) {
        String key = keys.stream().filter(patch::has).findFirst().orElseThrow();
        for (JsonElement element : into) {
            if (element.getAsJsonObject().get(key).equals(patch.get(key))) {
                if (patch.has("$patch")) {
                    into.remove(element);
                } else {
                    merge(element.getAsJsonObject(), patch);
                }
                return;
            }
        }
        into.add(patch);
    }
}
