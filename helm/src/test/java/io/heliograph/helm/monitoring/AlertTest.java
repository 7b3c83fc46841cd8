package io.heliograph.helm.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertTest {

    static List<Alert> alerts() throws IOException {
        return Alert.all();
    }

    static List<Path> files() throws IOException {
        return Alert.files();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldHaveASeverityAndNameTheAffectedObject(Alert alert) {
        assertTrue(Set.of("critical", "warning").contains(alert.labels().get("severity")));
        assertTrue(alert.annotations().get("summary").contains("{{"), "its summary names no object");
    }

    @Test
    void shouldHaveExactlyOneRunbookPerAlert() throws IOException {
        Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toSet());

        assertEquals(names, Documentation.runbooks());
        alerts().forEach(alert -> assertTrue(alert.annotations()
                .get("runbook_url")
                .endsWith("/docs/operations/alerts.md#" + alert.name().toLowerCase())));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldUseDocumentedMetricsOfNativeImagesOnly(Alert alert) {
        assertFalse(alert.expression().contains("jvm_gc_") || alert.expression().contains("jvm_buffer_"));
        Documentation.assertKnowsMetricsOf(alert.expression());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldHaveATestThatItFiresAndOneThatItStaysSilent(Alert alert) {
        Map<Object, Boolean> fires =
                alert.tests().stream().collect(Collectors.toMap(test -> test.get("name"), AlertTest::expectsAlerts));

        assertEquals(Map.of(alert + " fires", true, alert + " is silent", false), fires);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldPassTheCheckOfPrometheus(Path rules) throws Exception {
        Promtool.run("check", "rules", rules.toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldPassTheirTests(Path rules) throws Exception {
        Promtool.run(
                "test",
                "rules",
                Alert.MONITORING.resolve("tests").resolve(rules.getFileName()).toString());
    }

    private static boolean expectsAlerts(Map<String, Object> test) {
        return Alert.entries(test, "alert_rule_test").stream()
                .anyMatch(moment -> !Alert.entries(moment, "exp_alerts").isEmpty());
    }
}
