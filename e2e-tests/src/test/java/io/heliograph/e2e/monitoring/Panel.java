package io.heliograph.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.testsupport.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What one panel of a dashboard, or one of its annotations, asks Prometheus. */
record Panel(String dashboard, String type, String title, List<String> expressions) {

    /** The values of Grafana variables: everything, and an interval with some scrapes. */
    private static final Map<String, String> VARIABLES = Map.of(
            "$namespace", ".*",
            "$service", "heliograph-(gateway|user|message)",
            "$replica", ".*",
            "$__rate_interval", "10s",
            "$__range", "1m");

    static List<Panel> all() {
        return dashboards()
                .flatMap(dashboard -> Stream.concat(panels(dashboard), annotations(dashboard)))
                .toList();
    }

    /** Whether it shows one number in large figures. */
    boolean isHeadline() {
        return type.equals("stat");
    }

    /** What it asks with variables as they are when a dashboard is opened. */
    List<String> queries() {
        return expressions.stream().map(Panel::filled).toList();
    }

    /** What it asks of a namespace in which nothing happens. */
    List<String> queriesOfNothing() {
        return expressions.stream()
                .map(expression -> filled(expression.replace("$namespace", "nothing")))
                .toList();
    }

    /** The queries by which variables are filled. */
    static List<String> variables() {
        return dashboards()
                .flatMap(dashboard -> stream(dashboard.get("templating").get("list")))
                .filter(variable -> variable.get("type").asText().equals("query"))
                .map(variable -> filled(variable.get("query").get("query").asText()))
                .distinct()
                .toList();
    }

    private static Stream<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(Heliograph.home().resolve("monitoring/dashboards"))) {
            return files.sorted().map(Panel::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Panel> panels(JsonNode dashboard) {
        return stream(dashboard.get("panels"))
                .filter(panel -> panel.has("targets"))
                .map(panel -> new Panel(
                        dashboard.get("title").asText(),
                        panel.get("type").asText(),
                        panel.get("title").asText(),
                        stream(panel.get("targets"))
                                .map(target -> target.get("expr").asText())
                                .toList()));
    }

    private static Stream<Panel> annotations(JsonNode dashboard) {
        return stream(dashboard.get("annotations").get("list"))
                .map(annotation -> new Panel(
                        dashboard.get("title").asText(),
                        "annotation",
                        annotation.get("name").asText(),
                        List.of(annotation.get("expr").asText())));
    }

    private static String filled(String query) {
        String text = query;
        for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
            text = text.replace(variable.getKey(), variable.getValue());
        }
        return text;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return dashboard + ": " + title;
    }
}
