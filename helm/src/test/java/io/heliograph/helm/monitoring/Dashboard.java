package io.heliograph.helm.monitoring;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard as Grafana imports it. */
record Dashboard(String name, JsonObject json) {

    static List<Dashboard> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "monitoring", "dashboards"))) {
            return files.sorted().map(Dashboard::of).toList();
        }
    }

    private static Dashboard of(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        return new Dashboard(name, new Gson().fromJson(Documentation.read(file), JsonObject.class));
    }

    String uid() {
        return json.get("uid").getAsString();
    }

    /** Those that show something. */
    List<JsonObject> panels() {
        return objects(json, "panels").stream()
                .filter(panel -> !panel.get("type").getAsString().equals("row"))
                .toList();
    }

    List<JsonObject> variables() {
        return objects(json.getAsJsonObject("templating"), "list");
    }

    static List<JsonObject> targets(JsonObject panel) {
        return objects(panel, "targets");
    }

    /** The lines that a panel draws, each with its colour. */
    static Map<BigDecimal, String> lines(JsonObject panel) {
        JsonObject defaults = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults");
        JsonObject custom = defaults.getAsJsonObject("custom");
        if (custom == null || !custom.has("thresholdsStyle")) {
            return Map.of();
        }
        return objects(defaults.getAsJsonObject("thresholds"), "steps").stream()
                .filter(step -> !step.get("value").isJsonNull())
                .collect(Collectors.toMap(
                        step -> step.get("value").getAsBigDecimal().stripTrailingZeros(),
                        step -> step.get("color").getAsString()));
    }

    /** The titles of its links and where they lead. */
    static Map<String, String> links(JsonObject panel) {
        return panel.has("links")
                ? objects(panel, "links").stream()
                        .collect(Collectors.toMap(link -> link.get("title").getAsString(), link -> link.get("url")
                                .getAsString()))
                : Map.of();
    }

    List<JsonObject> annotations() {
        return objects(json.getAsJsonObject("annotations"), "list");
    }

    static List<JsonObject> objects(JsonObject parent, String field) {
        return StreamSupport.stream(parent.getAsJsonArray(field).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
