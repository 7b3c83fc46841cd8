package io.heliograph.helm.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines in panels are the limits of the alerts that the panels link to. */
class AlertLimitTest {

    private static final Map<String, String> COLOURS = Map.of("warning", "orange", "critical", "red");

    private final Map<String, Alert> alerts;
    private final List<JsonObject> panels;

    AlertLimitTest() throws IOException {
        alerts = Alert.all().stream().collect(Collectors.toMap(Alert::name, Function.identity()));
        panels = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .toList();
    }

    @Test
    void shouldDrawOnlyTheLimitsOfLinkedAlerts() {
        for (JsonObject panel : panels) {
            List<Alert> linked = linked(panel);
            Dashboard.lines(panel)
                    .forEach((value, colour) -> assertTrue(
                            linked.stream().anyMatch(alert -> draws(alert, value, colour)), value + " of " + panel));
        }
    }

    @Test
    void shouldDrawALineForEachAlertThatAPanelLinksTo() {
        for (JsonObject panel : panels) {
            Map<BigDecimal, String> lines = Dashboard.lines(panel);
            for (Alert alert : linked(panel)) {
                assertTrue(
                        lines.entrySet().stream().anyMatch(line -> draws(alert, line.getKey(), line.getValue())),
                        alert + " in " + panel);
            }
        }
    }

    /** What the kubelet and kube-state-metrics measure is in their own dashboards. */
    @Test
    void shouldDrawTheLimitOfEachAlertOnMetricsOfTheServices() {
        Set<String> drawn = panels.stream()
                .flatMap(panel -> linked(panel).stream())
                .map(Alert::name)
                .collect(Collectors.toSet());

        Set<String> toDraw = alerts.values().stream()
                .filter(Alert::hasLimitToDraw)
                .filter(alert -> Stream.of("kube_", "container_").noneMatch(alert.expression()::contains))
                .map(Alert::name)
                .collect(Collectors.toSet());
        assertFalse(toDraw.isEmpty());
        toDraw.removeAll(drawn);
        assertEquals(Set.of(), toDraw);
    }

    @Test
    void shouldReadTheLimitsOfARule() {
        assertEquals(
                Set.of(new BigDecimal("0.0144"), new BigDecimal("0.006")),
                alerts.get("HeliographRequestsFail").limits());
        assertEquals(
                Set.of(new BigDecimal("1E+1")),
                alerts.get("HeliographSlowConsumers").limits());
    }

    private List<Alert> linked(JsonObject panel) {
        return Dashboard.links(panel).entrySet().stream()
                .map(link -> {
                    Alert alert = alerts.get(link.getKey());
                    assertEquals(alert.annotations().get("runbook_url"), link.getValue());
                    return alert;
                })
                .toList();
    }

    private static boolean draws(Alert alert, BigDecimal value, String colour) {
        return alert.limits().contains(value)
                && COLOURS.get(alert.labels().get("severity")).equals(colour);
    }
}
