package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rollouts and evictions without rejected requests. */
class RolloutTest {

    /** For a node that is busy when it ends the process. */
    private static final int MARGIN_SECONDS = 10;

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldHaveTimeToDrainAndToStop(Path valuesFile) {
        Chart.render(valuesFile)
                .all("Deployment")
                .forEach(deployment -> assertHasTime(deployment.pod().orElseThrow()));
    }

    @Test
    void shouldExtendTheGracePeriodWithTheSettings() {
        Release release = Chart.render(Map.of("shutdown.delaySeconds", 42, "shutdown.timeoutSeconds", 8));

        for (Manifest deployment : release.all("Deployment")) {
            Manifest pod = deployment.pod().orElseThrow();
            assertHasTime(pod);
            assertEquals(60, pod.number("spec.terminationGracePeriodSeconds"));
        }
    }

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldKeepAReadyPodDuringARollout(Path valuesFile) {
        for (Manifest deployment : Chart.render(valuesFile).all("Deployment")) {
            assertEquals(0, deployment.number("spec.strategy.rollingUpdate.maxUnavailable"));
            assertEquals(1, deployment.number("spec.strategy.rollingUpdate.maxSurge"));
        }
    }

    /** An autoscaler with a lower bound of one may have made six, which would all be evicted at once. */
    @ParameterizedTest
    @CsvSource({"user.replicas, 1", "user.autoscaling.minReplicas, 1"})
    void shouldEvictOnePodAtATimeWithAnyNumberOfPods(String key, int least) {
        Release release =
                Chart.render(Map.of(key, least, "autoscaling.by", key.contains("autoscaling") ? "hpa" : "none"));

        assertEquals(3, release.all("PodDisruptionBudget").size());
        assertEquals(1, release.of("user", "PodDisruptionBudget").number("spec.maxUnavailable"));
    }

    private static void assertHasTime(Manifest pod) {
        Map<String, String> environment =
                Environment.of(pod.list("spec.containers").get(0));
        int needed = seconds(environment.get("QUARKUS_SHUTDOWN_DELAY"))
                + seconds(environment.get("QUARKUS_SHUTDOWN_TIMEOUT"))
                + MARGIN_SECONDS;

        assertTrue(pod.number("spec.terminationGracePeriodSeconds") >= needed);
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replace("S", ""));
    }
}
