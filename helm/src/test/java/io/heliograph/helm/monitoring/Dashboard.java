package io.heliograph.helm.monitoring;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
