package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The number of pods is set by the chart or by one autoscaler, never by both. */
class AutoscalingTest {

    /** So that a first installation with --wait returns when there are as many as the autoscaler wants at least. */
    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldStartWithTheMinimumOfTheAutoscaler(Path valuesFile) {
        Release release = Chart.render(valuesFile);

        for (Manifest deployment : release.all("Deployment")) {
            int least = release.manifests().stream()
                    .filter(manifest -> manifest.find("spec.scaleTargetRef").isPresent())
                    .filter(manifest ->
                            manifest.text("spec.scaleTargetRef.name").equals(deployment.name()))
                    .map(manifest -> manifest.number(
                            manifest.kind().equals("ScaledObject") ? "spec.minReplicaCount" : "spec.minReplicas"))
                    .findFirst()
                    .orElse(2);
            assertEquals(least, deployment.number("spec.replicas"), deployment::toString);
        }
    }

    @Test
    void shouldOmitTheNumberOfReplicasIfConfigured() {
        Release release = Chart.render(Map.of("autoscaling.by", "hpa", "autoscaling.omitReplicas", true));

        release.all("Deployment")
                .forEach(deployment ->
                        assertTrue(deployment.find("spec.replicas").isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({"none, 0, 0", "hpa, 3, 0", "keda, 0, 3"})
    void shouldBeScaledByOneAutoscalerOrNone(String by, int autoscalers, int scaledObjects) {
        Release release = Chart.render(Map.of("autoscaling.by", by));

        assertEquals(autoscalers, release.all("HorizontalPodAutoscaler").size());
        assertEquals(scaledObjects, release.all("ScaledObject").size());
    }

    @ParameterizedTest
    @CsvSource({
        "production, HorizontalPodAutoscaler, minReplicas, maxReplicas, spec",
        "keda, ScaledObject, minReplicaCount, maxReplicaCount, spec.advanced.horizontalPodAutoscalerConfig"
    })
    void shouldScaleUpAtOnceAndScaleDownSlowlyWithSockets(
            String file, String kind, String least, String most, String behavior) {
        Release release = Chart.render(Chart.ci(file));

        for (Manifest autoscaler : release.all(kind)) {
            assertTrue(autoscaler.number("spec." + least) <= autoscaler.number("spec." + most));
            assertEquals(0, autoscaler.number(behavior + ".behavior.scaleUp.stabilizationWindowSeconds"));
        }
        int sockets = release.of("gateway", kind).number(behavior + ".behavior.scaleDown.stabilizationWindowSeconds");
        int none = release.of("user", kind).number(behavior + ".behavior.scaleDown.stabilizationWindowSeconds");
        assertTrue(sockets > none);
    }

    @Test
    void shouldUseTheSocketMetricOfTheAdapter() throws IOException {
        Map<String, Object> adapter =
                new Yaml().load(Files.readString(Path.of("..", "monitoring", "prometheus-adapter.yaml")));
        Manifest rules = new Release(new Yaml().dump(adapter)).manifests().get(0);
        String series = rules.list("rules.custom").get(0).text("seriesQuery");
        Pattern offered = Pattern.compile(series.replaceFirst(".*=~\"(.*?)\".*", "$1"));
        Release release = Chart.render(Chart.ci("production"));

        List<String> metrics = release.all("HorizontalPodAutoscaler").stream()
                .flatMap(autoscaler -> autoscaler.list("spec.metrics").stream())
                .filter(metric -> metric.text("type").equals("Pods"))
                .map(metric -> metric.text("pods.metric.name"))
                .toList();

        assertEquals(List.of("heliograph_gateway_websockets", "heliograph_socket_connections"), metrics);
        metrics.forEach(metric -> assertTrue(offered.matcher(metric).matches(), metric));
    }

    @Test
    void shouldQueryPrometheusForPodsOfTheServiceOnly() {
        Manifest trigger = Chart.render(Chart.ci("keda"))
                .of("message", "ScaledObject")
                .list("spec.triggers")
                .get(1);

        assertEquals(
                "sum(heliograph_socket_connections{namespace=\"heliograph\",pod=~\"heliograph-message-.+\"})",
                trigger.text("metadata.query"));
    }

    @Test
    void shouldNotReplaceTheGatewaysWhenTheirNumberChanges() {
        Manifest two = template(Map.of("gateway.replicas", 2));

        assertEquals(two, template(Map.of("gateway.replicas", 3)));
        assertEquals(two, template(Map.of("autoscaling.by", "hpa", "gateway.autoscaling.maxReplicas", 20)));
        Manifest container = two.list("spec.containers").get(0);
        assertEquals("heliograph-gateway-headless", Environment.of(container).get("HELIOGRAPH_GATEWAY_LIMITER_PEERS"));
    }

    /** With server-side apply in Helm 4, a field of another owner does not change when the manifest omits it. */
    @ParameterizedTest
    @CsvSource({"Apply, scale, false", "Apply, '', true", "Update, scale, true"})
    void shouldOmitReplicasOwnedByTheAutoscalerWithServerSideApply(
            String operation, String owner, boolean kept, @TempDir Path folder) throws IOException {
        Path chart = Chart.alone(Chart.copy(folder));
        Files.writeString(chart.resolve("templates/_live.tpl"), """
                {{- define "heliograph.live" -}}
                spec: {replicas: 7}
                metadata:
                  managedFields:
                    - {manager: helm, operation: %s, fieldsV1: {"f:spec": {"f:selector": {}}}}
                    - {manager: other, operation: Update, subresource: "%s", fieldsV1: {"f:spec": {"f:replicas": {}}}}
                data: {signing-keys.json: eA==, secret: eA==}
                {{- end }}
                """.formatted(operation, owner));

        Release release = new Release(
                Chart.template(chart).withValuesFile(Chart.ci("no-crds")).call());

        for (Manifest deployment : release.all("Deployment")) {
            assertEquals(kept, deployment.find("spec.replicas").isPresent());
        }
    }

    private static Manifest template(Map<String, Object> values) {
        return Chart.render(values).of("gateway", "Deployment").at("spec.template");
    }
}
