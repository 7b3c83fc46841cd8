package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the chart brings of monitoring/ is what is there. */
class MonitoringTest {

    private static final Path MONITORING = Path.of("..", "monitoring");

    private final Release release = Chart.render(Chart.ci("production"));

    @Test
    void shouldScrapeTheManagementPortOfEveryPodOnce() {
        Manifest monitor = release.all("ServiceMonitor").get(0);
        Manifest endpoint = monitor.list("spec.endpoints").get(0);

        List<Manifest> scraped = release.all("Service").stream()
                .filter(service -> service.texts("metadata.labels")
                        .entrySet()
                        .containsAll(monitor.texts("spec.selector.matchLabels").entrySet()))
                .filter(service -> service.list("spec.ports").stream()
                        .anyMatch(port -> port.text("name").equals(endpoint.text("port"))))
                .toList();

        assertEquals(
                List.of("heliograph-gateway-metrics", "heliograph-user-metrics", "heliograph-message-metrics"),
                scraped.stream().map(Manifest::name).toList());
        scraped.forEach(service -> {
            assertTrue(service.flag("spec.publishNotReadyAddresses"));
            assertEquals("None", service.text("spec.clusterIP"));
        });
        assertEquals("/q/metrics", endpoint.text("path"));
    }

    @Test
    void shouldLabelServicesAndReplicasAsRulesAndDashboardsExpect() {
        Map<String, Manifest> relabelings =
                release.all("ServiceMonitor").get(0).list("spec.endpoints").get(0).list("relabelings").stream()
                        .collect(Collectors.toMap(each -> each.text("targetLabel"), each -> each));

        assertEquals("heliograph-$1", relabelings.get("job").text("replacement"));
        assertEquals(
                "[\"__meta_kubernetes_service_label_app_kubernetes_io_component\"]",
                relabelings.get("job").get("sourceLabels").toString());
        assertEquals(
                "[\"__meta_kubernetes_pod_name\"]",
                relabelings.get("instance").get("sourceLabels").toString());
    }

    @Test
    void shouldIncludeAllRulesUnchanged() {
        Map<String, JsonElement> rules = release.all("PrometheusRule").stream()
                .collect(Collectors.toMap(Manifest::name, rule -> rule.get("spec")));

        assertEquals(
                files("rules").stream().collect(Collectors.toMap(file -> "heliograph-" + stem(file), file -> new Gson()
                        .toJsonTree(new Yaml().<Object>load(read(file))))),
                rules);
    }

    @Test
    void shouldLinkToConfiguredRunbooks() {
        Release own = Chart.render(Map.of(
                "monitoring.rules.enabled", true, "monitoring.rules.runbooks", "https://wiki.example.com/heliograph"));

        assertTrue(own.yaml().contains("runbook_url: https://wiki.example.com/heliograph#heliographredisunavailable"));
        assertTrue(!own.yaml().contains("github.com"));
    }

    @Test
    void shouldIncludeAllDashboardsUnchanged() {
        Map<String, String> dashboards = release.all("ConfigMap").stream()
                .filter(map -> "1".equals(map.texts("metadata.labels").get("grafana_dashboard")))
                .flatMap(map -> map.texts("data").entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertEquals(
                files("dashboards").stream()
                        .collect(Collectors.toMap(file -> file.getFileName().toString(), file -> read(file)
                                .stripTrailing())),
                dashboards);
    }

    /** In the sources they are links, which a released chart cannot contain. */
    @Test
    void shouldPackageRulesAndDashboards(@TempDir Path folder) throws Exception {
        Chart.helm().packageIt().withDestination(folder).call();
        Path archive = folder.resolve("heliograph-1.0.0.tgz");

        Process list = new ProcessBuilder("tar", "-tzf", archive.toString()).start();
        Set<String> packaged = list.inputReader().lines().collect(Collectors.toSet());

        Stream.of("rules", "dashboards")
                .flatMap(kind -> files(kind).stream().map(file -> kind + "/" + file.getFileName()))
                .forEach(file -> assertTrue(packaged.contains("heliograph/files/" + file), packaged.toString()));
    }

    private static List<Path> files(String kind) {
        try (Stream<Path> files = Files.list(MONITORING.resolve(kind))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.\\w+$", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
