package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The number of pods has one master. */
class AutoscalingTest {

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldSayHowManyPodsThereAreOnceOnly(Path valuesFile) {
        Release release = Chart.render(valuesFile);
        Set<String> scaled = release.manifests().stream()
                .filter(manifest -> manifest.find("spec.scaleTargetRef").isPresent())
                .map(manifest -> manifest.text("spec.scaleTargetRef.name"))
                .collect(Collectors.toSet());

        for (Manifest deployment : release.all("Deployment")) {
            assertEquals(
                    !scaled.contains(deployment.name()),
                    deployment.find("spec.replicas").isPresent());
        }
        assertTrue(
                release.all("Deployment").stream().map(Manifest::name).toList().containsAll(scaled));
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
    void shouldGoUpAtOnceAndDownSlowlyWhereSocketsLive(
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
    void shouldCountOpenSocketsByTheMetricThatTheAdapterOffers() throws IOException {
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

        assertEquals(List.of("heliograph_gateway_tunnels", "heliograph_socket_connections"), metrics);
        metrics.forEach(metric -> assertTrue(offered.matcher(metric).matches(), metric));
    }

    @Test
    void shouldAskPrometheusForThePodsOfThatServiceAlone() {
        Manifest trigger = Chart.render(Chart.ci("keda"))
                .of("message", "ScaledObject")
                .list("spec.triggers")
                .get(1);

        assertEquals(
                "sum(heliograph_socket_connections{namespace=\"heliograph\",pod=~\"heliograph-message-.+\"})",
                trigger.text("metadata.query"));
    }

    @ParameterizedTest
    @CsvSource({"none, 2", "hpa, 10"})
    void shouldShareLimitsOutAmongAsManyGatewaysAsThereMayBe(String by, String replicas) {
        Manifest gateway = Chart.render(Map.of("autoscaling.by", by)).of("gateway", "Deployment");

        assertEquals(
                replicas,
                Environment.of(gateway.list("spec.template.spec.containers").get(0))
                        .get("HELIOGRAPH_GATEWAY_LIMITER_REPLICAS"));
    }
}
