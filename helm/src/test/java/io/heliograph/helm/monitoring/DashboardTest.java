package io.heliograph.helm.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That each panel has data when the suite runs is shown by DashboardsTest of e2e-tests; this is what needs no suite. */
class DashboardTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)");

    static List<Dashboard> dashboards() throws IOException {
        return Dashboard.all();
    }

    /** An uid that changes breaks links and copies; an id belongs to one Grafana. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldBeTheSameInEveryGrafana(Dashboard dashboard) {
        assertEquals("heliograph-" + dashboard.name(), dashboard.uid());
        assertFalse(dashboard.json().has("id"));
        assertFalse(dashboard.json().has("version"));
        dashboard.panels().forEach(panel -> {
            assertFalse(panel.has("id"), panel.toString());
            assertEquals("{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}", text(panel, "datasource"));
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldDescribeEachPanelAndItsUnit(Dashboard dashboard) {
        for (JsonObject panel : dashboard.panels()) {
            String title = panel.get("title").getAsString();

            assertFalse(panel.get("description").getAsString().isBlank(), title);
            assertTrue(
                    panel.getAsJsonObject("fieldConfig")
                            .getAsJsonObject("defaults")
                            .has("unit"),
                    title);
            List<JsonObject> targets = Dashboard.targets(panel);
            targets.forEach(target ->
                    assertFalse(target.get("legendFormat").getAsString().isBlank(), title));
            assertEquals(
                    targets.size(),
                    targets.stream()
                            .map(target -> target.get("refId"))
                            .distinct()
                            .count(),
                    title);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldQueryDocumentedMetricsOfTheSelectedNamespace(Dashboard dashboard) {
        for (JsonObject panel : dashboard.panels()) {
            for (JsonObject target : Dashboard.targets(panel)) {
                String query = target.get("expr").getAsString();

                assertTrue(query.contains("namespace=~\"$namespace\""), query);
                Documentation.assertKnowsMetricsOf(query);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldUseExactlyItsVariables(Dashboard dashboard) {
        Set<String> declared = dashboard.variables().stream()
                .map(variable -> variable.get("name").getAsString())
                .collect(Collectors.toSet());
        Set<String> used = VARIABLE.matcher(dashboard.panels().toString())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertEquals(declared, used);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldMarkWhenReplicasStartedAndAlertsFired(Dashboard dashboard) {
        assertEquals(
                List.of("Starts", "Alerts"),
                dashboard.annotations().stream()
                        .map(annotation -> annotation.get("name").getAsString())
                        .toList());
        dashboard
                .annotations()
                .forEach(annotation -> assertTrue(
                        annotation.get("expr").getAsString().contains("namespace=~\"$namespace\""),
                        annotation.toString()));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldHaveAPlaceForEachPanel(Dashboard dashboard) {
        Set<List<Integer>> taken = new HashSet<>();

        for (JsonObject panel : Dashboard.objects(dashboard.json(), "panels")) {
            JsonObject place = panel.getAsJsonObject("gridPos");
            int x = place.get("x").getAsInt();
            int y = place.get("y").getAsInt();
            assertTrue(x + place.get("w").getAsInt() <= 24, panel.toString());
            for (int column = x; column < x + place.get("w").getAsInt(); column++) {
                for (int line = y; line < y + place.get("h").getAsInt(); line++) {
                    assertTrue(taken.add(List.of(column, line)), "something is under " + panel);
                }
            }
        }
    }

    private static String text(JsonObject panel, String field) {
        return panel.get(field).toString();
    }
}
