package io.heliograph.gateway.live.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.live.alert.AlertRules.AlertRule;
import io.heliograph.operations.AlertGauges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the alerts of the stream with the rule files of Prometheus. */
class AlertRulesTest {

    private static final Path RULES = Path.of("../monitoring/rules");

    private static final Pattern RULE = Pattern.compile(
            "- alert: (\\w+)\\s+expr: \\|\\s+(.*?)(?:\\s+for: (\\w+))?\\s+labels:\\s+severity: (\\w+)\\s+annotations:\\s+summary: \"(.*?)\"\\s+runbook_url: (\\S+)",
            Pattern.DOTALL);

    private static final Pattern METRIC = Pattern.compile("[a-z_]{8,}(?=[{\\[) ]|$)");

    private final List<AlertRule> rules = new AlertRules().decidable();

    private record Written(String expression, String duration, String severity, String summary, String runbook) {}

    @Test
    void shouldReadEveryRuleFile() throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            assertEquals(
                    new TreeSet<>(AlertRules.FILES),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void shouldEvaluateExactlyTheseRules() {
        assertEquals(
                List.of(
                        "HeliographUpstreamGone",
                        "HeliographUpstreamInstanceOut",
                        "HeliographUpstreamQueue",
                        "HeliographConnectionsNearLimit",
                        "HeliographLimitsLocal",
                        "HeliographJobsWait",
                        "HeliographWebhooksWait",
                        "HeliographServiceGone",
                        "HeliographTargetDown",
                        "HeliographEventLoopLag",
                        "HeliographEventLoopBlocked",
                        "HeliographDrainOverrun",
                        "HeliographPostgresUnavailable",
                        "HeliographRedisUnavailable",
                        "HeliographPoolExhausted",
                        "HeliographPasswordHashingBusy"),
                rules.stream().map(AlertRule::name).toList());
    }

    @Test
    void shouldReadThresholdsDurationsAndSeveritiesOfTheRules() throws IOException {
        Map<String, Written> written = written();
        for (AlertRule rule : rules) {
            Written source = written.get(rule.name());
            assertEquals(source.severity(), rule.severity(), rule.name());
            assertEquals(source.summary(), rule.summary(), rule.name());
            assertEquals(source.runbook(), rule.runbook(), rule.name());
            assertEquals(
                    source.duration() == null ? Duration.ZERO : Duration.parse("PT" + source.duration()),
                    rule.duration(),
                    rule.name());
            if (rule.expression() != null) {
                String end = rule.expression().comparison() + " "
                        + plain(rule.expression().threshold());
                assertTrue(source.expression().endsWith(end), rule.name() + ": " + source.expression());
            }
        }
    }

    @Test
    void shouldUseExactlyTheGaugesThatReplicasPublish() throws IOException {
        Map<String, Written> written = written();
        Set<String> named = new TreeSet<>();
        for (AlertRule rule : rules) {
            if (rule.expression() != null) {
                String expression = written.get(rule.name()).expression();
                METRIC.matcher(expression
                                .replaceAll("\"[^\"]*\"", "")
                                .replaceAll("max by \\([^)]*\\)", "")
                                .replaceAll("\\w+_over_time", ""))
                        .results()
                        .map(metric -> metric.group())
                        .forEach(named::add);
            }
        }
        // By a regular expression.
        named.addAll(Set.of("heliograph_delivery_bus_unavailable", "heliograph_revocations_unavailable"));

        assertEquals(new TreeSet<>(AlertGauges.prometheusNames()), named);
    }

    private static String plain(double threshold) {
        return threshold == Math.rint(threshold) ? Long.toString((long) threshold) : Double.toString(threshold);
    }

    /** Without a parser of YAML, so that both do not err alike. */
    private static Map<String, Written> written() throws IOException {
        Map<String, Written> written = new HashMap<>();
        for (String file : AlertRules.FILES) {
            Matcher rule = RULE.matcher(Files.readString(RULES.resolve(file)));
            while (rule.find()) {
                written.put(
                        rule.group(1),
                        new Written(rule.group(2).strip(), rule.group(3), rule.group(4), rule.group(5), rule.group(6)));
            }
        }
        return written;
    }
}
