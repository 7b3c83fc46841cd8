package io.heliograph.helm.monitoring;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** An alert and the file of rules it is in, which is also the name of the file with its tests. */
record Alert(String file, String name, String expression, Map<String, String> labels, Map<String, String> annotations) {

    static final Path MONITORING = Path.of("..", "monitoring");

    /** With a number, or with the product of two, but not with what a query gives. */
    private static final Pattern COMPARISON = Pattern.compile("[<>]=? ([0-9.]+)(?: \\* ([0-9.]+))?(?![0-9.]| \\*)");

    private static final Pattern AT_END = Pattern.compile("(" + COMPARISON + ")\\)?\\s*$");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(MONITORING.resolve("rules"))) {
            return files.sorted().toList();
        }
    }

    static List<Alert> all() throws IOException {
        return files().stream().flatMap(Alert::in).toList();
    }

    /** The unit tests of promtool by their names. */
    List<Map<String, Object>> tests() {
        return entries(yaml(MONITORING.resolve("tests").resolve(file)), "tests").stream()
                .filter(test -> test.get("name").toString().startsWith(name + " "))
                .toList();
    }

    /** The numbers that its expression compares something with. */
    Set<BigDecimal> limits() {
        return limits(expression);
    }

    /** Whether a line in a panel can show when it fires: it compares with a number last, and any above zero is not too many. */
    boolean hasLimitToDraw() {
        return AT_END.matcher(expression).results().anyMatch(end -> limits(end.group()).stream()
                .anyMatch(limit -> limit.signum() > 0));
    }

    private static Set<BigDecimal> limits(String expression) {
        return COMPARISON
                .matcher(expression)
                .results()
                .map(match -> new BigDecimal(match.group(1))
                        .multiply(match.group(2) == null ? BigDecimal.ONE : new BigDecimal(match.group(2)))
                        .stripTrailingZeros())
                .collect(Collectors.toSet());
    }

    static Map<String, Object> yaml(Path file) {
        return new Yaml().load(Documentation.read(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> entries(Map<String, Object> parent, String field) {
        return (List<Map<String, Object>>) parent.get(field);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Alert> in(Path file) {
        return entries(yaml(file), "groups").stream()
                .flatMap(group -> entries(group, "rules").stream())
                .filter(rule -> rule.containsKey("alert"))
                .map(rule -> new Alert(
                        file.getFileName().toString(),
                        rule.get("alert").toString(),
                        rule.get("expr").toString(),
                        (Map<String, String>) rule.get("labels"),
                        (Map<String, String>) rule.get("annotations")));
    }

    @Override
    public String toString() {
        return name;
    }
}
