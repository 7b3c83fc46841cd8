package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** References between objects are valid: names, labels and ports, which no schema compares. */
class ReferenceTest {

    static final String CI_FILES = ChartTest.CI_FILES;

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldSelectPodsByConstantLabels(Path valuesFile) {
        for (Manifest deployment : Chart.render(valuesFile).all("Deployment")) {
            Map<String, String> selector = deployment.texts("spec.selector.matchLabels");

            assertEquals(
                    Set.of("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"),
                    selector.keySet());
            assertTrue(selects(selector, deployment));
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldSelectThePodsOfExactlyOneWorkload(Path valuesFile) {
        Release release = Chart.render(valuesFile);
        Map<String, String> paths = Map.of(
                "Deployment", "spec.selector.matchLabels",
                "Service", "spec.selector",
                "PodDisruptionBudget", "spec.selector.matchLabels");

        paths.forEach((kind, path) -> {
            for (Manifest manifest : release.all(kind)) {
                List<Manifest> selected = release.workloads().stream()
                        .filter(workload -> selects(manifest.texts(path), workload))
                        .toList();
                assertEquals(1, selected.size(), () -> manifest + " selects " + selected);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldGiveEachServiceAnAddressAndANameForEachOfItsPods(Path valuesFile) {
        Release release = Chart.render(valuesFile);

        for (Manifest deployment : release.all("Deployment")) {
            List<String> services = release.all("Service").stream()
                    .filter(service -> selects(service.texts("spec.selector"), deployment))
                    .filter(service ->
                            service.list("spec.ports").get(0).text("name").startsWith("http"))
                    .map(Manifest::name)
                    .toList();
            assertEquals(List.of(deployment.name(), deployment.name() + "-headless"), services);
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldReferenceExistingPorts(Path valuesFile) {
        Release release = Chart.render(valuesFile);

        for (Manifest service : release.all("Service")) {
            Set<String> ports = ports(selected(release, service.texts("spec.selector")));
            service.list("spec.ports").forEach(port -> assertTrue(ports.contains(port.text("targetPort"))));
        }
        for (Manifest deployment : release.all("Deployment")) {
            Manifest container = container(deployment);
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .forEach(probe -> assertTrue(ports(deployment).contains(container.text(probe + ".httpGet.port"))));
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldMountExistingVolumes(Path valuesFile) {
        for (Manifest workload : Chart.render(valuesFile).workloads()) {
            Manifest pod = workload.pod().orElseThrow();
            Set<String> volumes = pod.list("spec.volumes").stream()
                    .map(volume -> volume.text("name"))
                    .collect(Collectors.toSet());
            Set<String> mounted = pod.list("spec.containers").stream()
                    .flatMap(container -> container.list("volumeMounts").stream())
                    .map(mount -> mount.text("name"))
                    .collect(Collectors.toSet());
            assertEquals(volumes, mounted, workload::toString);
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldReadCredentialsFromSecretsOnly(Path valuesFile) {
        for (Manifest workload : Chart.render(valuesFile).workloads()) {
            for (Manifest container : workload.pod().orElseThrow().list("spec.containers")) {
                for (Manifest variable : container.list("env")) {
                    boolean secret = variable.text("name").matches(".*(PASSWORD|USERNAME|SECRET)")
                            && !variable.text("name").startsWith("HELIOGRAPH_ADMIN");
                    assertEquals(
                            secret, variable.find("valueFrom.secretKeyRef").isPresent(), () -> variable.text("name"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldPointEachServiceAtTheOthers(Path valuesFile) {
        Release release = Chart.render(valuesFile);
        Set<String> addresses = release.all("Service").stream()
                .flatMap(service ->
                        service.list("spec.ports").stream().map(port -> service.name() + ":" + port.number("port")))
                .collect(Collectors.toSet());

        for (Manifest deployment : release.all("Deployment")) {
            List<String> asked = Environment.of(container(deployment)).values().stream()
                    .filter(value -> value.startsWith("http://"))
                    .map(value -> URI.create(value).getAuthority())
                    .toList();
            assertTrue(addresses.containsAll(asked), () -> deployment + " asks " + asked);
        }
    }

    @Test
    void shouldLetTheGatewayFindEveryPodOfAService() {
        Map<String, String> gateway =
                Environment.of(container(Chart.render(Map.of()).of("gateway", "Deployment")));

        assertEquals("http://heliograph-user-headless:8081", gateway.get("HELIOGRAPH_GATEWAY_UPSTREAMS_USERS_DNS"));
        assertEquals(
                "http://heliograph-message-headless:8082", gateway.get("HELIOGRAPH_GATEWAY_UPSTREAMS_MESSAGES_DNS"));
        // Given, and empty: the image comes with addresses, and the gateway does not start with both.
        assertEquals("", gateway.get("HELIOGRAPH_GATEWAY_UPSTREAMS_USERS_URLS"));
        assertEquals("", gateway.get("HELIOGRAPH_GATEWAY_UPSTREAMS_MESSAGES_URLS"));
    }

    @Test
    void shouldPassOnExtraSettings() {
        Map<String, String> message = Environment.of(container(Chart.render(Map.of(
                        "message.env.HELIOGRAPH_SOCKET_HEARTBEAT", "40S",
                        "message.secretEnv.QUARKUS_DATASOURCE_REPLICA_PASSWORD.name", "standby",
                        "message.secretEnv.QUARKUS_DATASOURCE_REPLICA_PASSWORD.key", "password"))
                .of("message", "Deployment")));

        assertEquals("40S", message.get("HELIOGRAPH_SOCKET_HEARTBEAT"));
        assertEquals("standby/password", message.get("QUARKUS_DATASOURCE_REPLICA_PASSWORD"));
    }

    private static Manifest selected(Release release, Map<String, String> selector) {
        return release.workloads().stream()
                .filter(workload -> selects(selector, workload))
                .findFirst()
                .orElseThrow();
    }

    private static boolean selects(Map<String, String> selector, Manifest workload) {
        return workload.pod().orElseThrow().texts("metadata.labels").entrySet().containsAll(selector.entrySet());
    }

    private static Set<String> ports(Manifest workload) {
        return container(workload).list("ports").stream()
                .map(port -> port.text("name"))
                .collect(Collectors.toSet());
    }

    private static Manifest container(Manifest workload) {
        return workload.pod().orElseThrow().list("spec.containers").get(0);
    }
}
