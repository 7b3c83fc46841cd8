package io.heliograph.e2e.monitoring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Prometheus;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards and rules of monitoring/, on a running suite under a light load. */
@ExtendWith(RunningHeliograph.class)
class DashboardsTest {

    /** The first rates need some scrapes, and everything has to have happened once, on a machine that may be busy. */
    private static final Duration FILLED = Duration.ofMinutes(4);

    private final Heliograph heliograph;

    @TempDir
    Path folder;

    DashboardsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldShowDataInEveryPanelAndEvaluateEveryRule() throws IOException {
        Assumptions.assumeTrue(Prometheus.isInstalled(), "prometheus is not on the PATH: dashboards are not tested");
        heliograph.awaitReady();
        try (Prometheus prometheus = Prometheus.scraping(heliograph, folder);
                EverydayLoad load = EverydayLoad.on(heliograph)) {
            await().atMost(FILLED)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertEquals(List.of(), emptyQueries(prometheus)));
            Panel.variables().forEach(variable -> assertFilled(prometheus, variable));
            headlines().forEach(panel -> panel.queriesOfNothing().forEach(query -> assertHasNumber(prometheus, query)));
            prometheus.groups().forEach(group -> group.get("rules").forEach(DashboardsTest::assertWell));
            print(prometheus.groups());
        }
    }

    /** All but the number of replicas, which is missing where nothing runs. */
    private static Stream<Panel> headlines() {
        return Panel.all().stream().filter(Panel::isHeadline).filter(panel -> !panel.title()
                .equals("Replicas that answer"));
    }

    private static void assertHasNumber(Prometheus prometheus, String query) {
        assertTrue(hasData(prometheus.query(query)), query);
    }

    /** For monitoring/check-dashboards. */
    private static void print(JsonNode groups) {
        Panel.all().stream()
                .collect(Collectors.groupingBy(Panel::dashboard, TreeMap::new, Collectors.toList()))
                .forEach((dashboard, panels) -> System.out.printf(
                        "dashboards | %s: %d panels and annotations, %d queries, all with data%n",
                        dashboard,
                        panels.size(),
                        panels.stream()
                                .mapToInt(panel -> panel.queries().size())
                                .sum()));
        System.out.printf(
                "dashboards | %d headlines have a number where nothing happens; %d rules are evaluated%n",
                headlines().count(),
                stream(groups).mapToInt(group -> group.get("rules").size()).sum());
    }

    private static List<String> emptyQueries(Prometheus prometheus) {
        return Panel.all().stream()
                .flatMap(panel -> panel.queries().stream()
                        .filter(query -> !hasData(prometheus.query(query)))
                        .map(query -> panel + ": " + query))
                .toList();
    }

    /** A quantile of nothing is no number, and draws nothing. */
    private static boolean hasData(JsonNode series) {
        return stream(series).anyMatch(one -> !one.get("value").get(1).asText().equals("NaN"));
    }

    /** As Grafana reads it: {@code label_values(series, label)}. */
    private static void assertFilled(Prometheus prometheus, String query) {
        int comma = query.lastIndexOf(", ");
        String label = query.substring(comma + 2, query.length() - 1);
        String series = query.substring("label_values(".length(), comma);

        assertFalse(prometheus.values(label, series).isEmpty(), query);
    }

    private static void assertWell(JsonNode rule) {
        assertEquals("ok", rule.get("health").asText(), rule.toString());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
