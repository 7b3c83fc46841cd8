package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that hold for every pod, whatever makes it and whatever is turned on. */
class PodTest {

    static final String CI_FILES = ChartTest.CI_FILES;

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldMeetTheRestrictedPodSecurityStandard(Path valuesFile) {
        eachPod(valuesFile, pod -> {
            assertTrue(pod.flag("spec.securityContext.runAsNonRoot"));
            // Left out where the platform gives one.
            pod.find("spec.securityContext.runAsUser").ifPresent(user -> assertTrue(user.getAsInt() > 0));
            assertEquals("RuntimeDefault", pod.text("spec.securityContext.seccompProfile.type"));
            assertTrue(pod.find("spec.hostNetwork").isEmpty());
            assertTrue(pod.list("spec.volumes").stream()
                    .allMatch(volume -> volume.find("hostPath").isEmpty()));
        });
        eachContainer(valuesFile, container -> {
            assertFalse(container.flag("securityContext.allowPrivilegeEscalation"));
            assertTrue(container.flag("securityContext.readOnlyRootFilesystem"));
            assertEquals(
                    "[\"ALL\"]",
                    container.get("securityContext.capabilities.drop").toString());
            assertTrue(container.find("securityContext.capabilities.add").isEmpty());
        });
    }

    @Test
    void shouldLeaveTheUserToAPlatformThatChoosesIt() {
        for (Manifest workload : Chart.render(Map.of("pods.userId", "null")).workloads()) {
            Manifest context = workload.pod().orElseThrow().at("spec.securityContext");

            assertTrue(context.find("runAsUser").isEmpty() && context.flag("runAsNonRoot"), workload::toString);
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldMountNoTokenOfTheApiServer(Path valuesFile) {
        eachService(valuesFile, pod -> assertFalse(pod.flag("spec.automountServiceAccountToken")));
        eachPod(valuesFile, pod -> assertFalse(pod.flag("spec.enableServiceLinks")));
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldWriteToABoundedFolderOnly(Path valuesFile) {
        eachPod(valuesFile, pod -> pod.list("spec.volumes").stream()
                .filter(volume -> volume.find("emptyDir").isPresent())
                .forEach(volume -> assertEquals("256Mi", volume.text("emptyDir.sizeLimit"))));
        eachService(
                valuesFile,
                pod -> assertTrue(pod.list("spec.containers").get(0).list("volumeMounts").stream()
                        .anyMatch(mount -> mount.text("mountPath").equals("/tmp"))));
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldRequestItsMemoryLimitAndHaveNoCpuLimit(Path valuesFile) {
        eachContainer(valuesFile, container -> {
            assertEquals(container.text("resources.requests.memory"), container.text("resources.limits.memory"));
            assertTrue(container.find("resources.requests.cpu").isPresent());
            assertTrue(container.find("resources.limits.cpu").isEmpty());
        });
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldBeProbedOnTheManagementPortAndStopWithoutAShell(Path valuesFile) {
        eachService(valuesFile, pod -> {
            Manifest container = pod.list("spec.containers").get(0);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertEquals("management", container.text(probe + ".httpGet.port"));
            }
            assertTrue(container.find("lifecycle").isEmpty());
        });
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldSpreadItsOwnPodsOnly(Path valuesFile) {
        for (Manifest deployment : Chart.render(valuesFile).all("Deployment")) {
            List<Manifest> constraints = deployment.list("spec.template.spec.topologySpreadConstraints");

            assertFalse(constraints.isEmpty());
            constraints.forEach(constraint -> assertEquals(
                    deployment.texts("spec.selector.matchLabels"), constraint.texts("labelSelector.matchLabels")));
        }
    }

    @Test
    void shouldGiveTheSameLimitsToEitherKindOfProcess() {
        for (Manifest workload : Chart.render(Chart.ci("native")).all("Deployment")) {
            Manifest container = container(workload);
            assertTrue(container.text("image").endsWith(":1.0.0-native"));
            assertTrue(container.get("args").toString().contains("-XX:MaximumHeapSizePercent=50"));
            assertTrue(Environment.of(container).get("JAVA_TOOL_OPTIONS") == null);
        }
        for (Manifest workload : Chart.render(Map.of()).all("Deployment")) {
            Manifest container = container(workload);
            assertTrue(container.text("image").endsWith(":1.0.0"));
            assertTrue(Environment.of(container).get("JAVA_TOOL_OPTIONS").contains("-XX:MaxRAMPercentage=50 "));
            assertTrue(container.find("args").isEmpty());
        }
    }

    @Test
    void shouldPreferTheDigestToTheTag() {
        Manifest gateway = Chart.render(Chart.ci("jvm")).of("gateway", "Deployment");

        assertEquals(
                "registry.example.com/heliograph/gateway-service@sha256:" + "1".repeat(64),
                container(gateway).text("image"));
    }

    @Test
    void shouldOverrideCommonSettingsForOneService() {
        Release release = Chart.render(Chart.ci("production"));
        Manifest gateway = release.of("gateway", "Deployment").at("spec.template");
        Manifest message = release.of("message", "Deployment").at("spec.template");

        assertTrue(gateway.find("spec.nodeSelector").isEmpty());
        assertEquals(Map.of("node.example.com/pool", "memory"), message.texts("spec.nodeSelector"));
        assertEquals("heliograph", message.text("spec.priorityClassName"));
        assertEquals("chat", message.texts("metadata.labels").get("team"));
    }

    /** Admission policies and quotas look at every pod, whatever makes it. */
    @Test
    void shouldHaveTheCommonLabelsAndAnnotations() {
        Release release = Chart.render(Chart.ci("openshift"));

        assertEquals(3 + 2 + 5, release.workloads().size());
        for (Manifest workload : release.workloads()) {
            Manifest pod = workload.pod().orElseThrow();
            assertEquals("chat", pod.texts("metadata.labels").get("cost-center"), workload::toString);
            assertEquals("chat", pod.texts("metadata.annotations").get("example.com/owner"), workload::toString);
            assertEquals(Map.of("node-role.kubernetes.io/worker", ""), pod.texts("spec.nodeSelector"));
        }
        for (Manifest pod : release.all("Pod")) {
            assertEquals("64Mi", pod.list("spec.containers").get(0).text("resources.limits.memory"));
        }
    }

    private static Manifest container(Manifest deployment) {
        return deployment.list("spec.template.spec.containers").get(0);
    }

    private static void eachPod(Path valuesFile, Consumer<Manifest> rule) {
        Chart.render(valuesFile)
                .workloads()
                .forEach(workload -> rule.accept(workload.pod().orElseThrow()));
    }

    private static void eachService(Path valuesFile, Consumer<Manifest> rule) {
        Chart.render(valuesFile)
                .all("Deployment")
                .forEach(deployment -> rule.accept(deployment.pod().orElseThrow()));
    }

    private static void eachContainer(Path valuesFile, Consumer<Manifest> rule) {
        eachPod(valuesFile, pod -> Stream.of("spec.initContainers", "spec.containers")
                .flatMap(path -> pod.list(path).stream())
                .forEach(rule));
    }
}
