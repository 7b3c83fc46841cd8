package io.heliograph.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An object of Kubernetes, or a part of one, read by paths such as {@code spec.template.spec}. */
record Manifest(JsonObject json) {

    private static final List<String> PODS = List.of("Pod:", "Deployment:spec.template", "Job:spec.template");

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata.name");
    }

    /** The pod, or the template of its pods, if it has any. */
    Optional<Manifest> pod() {
        return PODS.stream()
                .filter(entry -> entry.startsWith(kind() + ":"))
                .map(entry -> entry.substring(entry.indexOf(':') + 1))
                .map(path -> path.isEmpty() ? this : at(path))
                .findFirst();
    }

    Optional<JsonElement> find(String path) {
        JsonElement found = json;
        for (String field : path.split("\\.", -1)) {
            if (found == null || !found.isJsonObject()) {
                return Optional.empty();
            }
            found = found.getAsJsonObject().get(field);
        }
        return Optional.ofNullable(found);
    }

    JsonElement get(String path) {
        return find(path).orElseThrow(() -> new AssertionError(path + " is not in " + json));
    }

    Manifest at(String path) {
        return new Manifest(get(path).getAsJsonObject());
    }

    String text(String path) {
        return get(path).getAsString();
    }

    int number(String path) {
        return get(path).getAsInt();
    }

    boolean flag(String path) {
        return get(path).getAsBoolean();
    }

    /** Empty if there is none. */
    List<Manifest> list(String path) {
        return find(path).stream()
                .flatMap(Manifest::elements)
                .map(element -> new Manifest(element.getAsJsonObject()))
                .toList();
    }

    /** Empty if there are none. */
    Map<String, String> texts(String path) {
        Map<String, String> texts = new LinkedHashMap<>();
        find(path).ifPresent(found -> found.getAsJsonObject()
                .entrySet()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString())));
        return texts;
    }

    private static Stream<JsonElement> elements(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
    }

    @Override
    public String toString() {
        return json.has("kind") ? kind() + " " + name() : json.toString();
    }
}
