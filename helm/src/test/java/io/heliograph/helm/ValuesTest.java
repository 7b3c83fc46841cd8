package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values are refused before anything reaches a cluster, and the refusal names the key. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message.replcas                           | 3",
                "postgres.password                         | secret",
                "postgres.host                             | heliograph:secret@postgres",
                "redis.host                                | redis:6379",
                "service.type                              | ExternalName",
                "service.externalTrafficPolicy             | Global",
                "image.pullPolicy                          | Sometimes",
                "image.variant                             | graalvm",
                "gateway.image.digest                      | sha256:abc",
                "gateway.env.lower-case                    | x",
                "gateway.env.JAVA_TOOL_OPTIONS             | -Xmx1g",
                "gateway.env.QUARKUS_SHUTDOWN_DELAY        | 60S",
                "user.env.HELIOGRAPH_ADMIN_PASSWORD        | secret",
                "user.secretEnv.HELIOGRAPH_ADMIN_PASSWORD  | secret",
                "user.resources.limits.memory              | 384MB",
                "user.autoscaling.connectionsPerPod        | 100",
                "user.disruptionBudget.maxUnavailable      | 0",
                "user.pod.replicas                         | 3",
                "message.autoscaling.cpuPercent            | 250",
                "message.heapPercent                       | 95",
                "shutdown.delaySeconds                     | 5",
                "shutdown.timeoutSeconds                   | 0",
                "pods.userId                               | 0",
                "pods.spread.whenUnsatisfiable             | Never",
                "autoscaling.by                            | both",
                "ingress.enabled                           | maybe",
                "trustedProxies[0]                         | ingress-nginx",
                "monitoring.serviceMonitor.interval        | often",
                "monitoring.rules.runbooks                 | our wiki",
                "monitoring.dashboards.enable              | true",
            })
    void shouldRejectInvalidValues(String key, String value) {
        assertRefuses(Map.of(key, value), key.replaceFirst("\\[", ".").replace("]", ""));
    }

    @Test
    void shouldRejectADisruptionBudgetWithBothBounds() {
        assertRefuses(
                Map.of("user.disruptionBudget.minAvailable", 1, "user.disruptionBudget.maxUnavailable", 1),
                "user.disruptionBudget");
    }

    @Test
    void shouldRequireTheSettingsOfAFeature() {
        assertRefuses(Map.of("ingress.enabled", true), "ingress.hosts");
        assertRefuses(Map.of("httpRoute.enabled", true), "httpRoute.parentRefs");
        assertFails(Map.of("image.registry", ""), "image.registry");
        assertFails(
                Map.of("autoscaling.by", "keda", "gateway.autoscaling.connectionsPerPod", 1000),
                "autoscaling.prometheus");
    }

    @Test
    void shouldRejectAUserOfRedisWithoutAPassword() {
        assertRefuses(Map.of("redis.username", "heliograph"), "redis");
        assertRefuses(Map.of("redis.username", "a b", "redis.existingSecret", "redis"), "redis.username");
    }

    @Test
    void shouldRejectTwoAuthoritiesForOneStore() {
        assertRefuses(Map.of("redis.tls.caSecret", "one", "redis.tls.caConfigMap", "other"), "redis.tls");
    }

    @Test
    void shouldRejectLabelsThatSelectorsUse() {
        assertRefuses(Map.of("pods.labels.app\\.kubernetes\\.io/component", "x"), "pods.labels");
    }

    @Test
    void shouldRejectAMinimumOverTheMaximum() {
        assertFails(Map.of("autoscaling.by", "hpa", "user.autoscaling.minReplicas", 7), "user.autoscaling.minReplicas");
        assertFails(
                Map.of("autoscaling.by", "keda", "user.autoscaling.minReplicas", 7), "user.autoscaling.minReplicas");
    }

    @Test
    void shouldRejectADisruptionBudgetThatAllowsNoEviction() {
        assertFails(Map.of("user.disruptionBudget.minAvailable", 2), "user.disruptionBudget.minAvailable");
        // Kubernetes rounds up.
        assertFails(Map.of("user.disruptionBudget.minAvailable", "60%"), "user.disruptionBudget.minAvailable");
    }

    /** A mistyped key is never ignored: only maps with keys of the operator accept any key. */
    @Test
    void shouldKnowEveryKeyOfEveryObject() throws IOException {
        JsonObject schema =
                new Gson().fromJson(Files.readString(Path.of("heliograph", "values.schema.json")), JsonObject.class);
        List<String> open = new ArrayList<>();
        collectOpen("", schema, open);

        assertEquals(List.of(), open);
    }

    private static void collectOpen(String path, JsonElement element, List<String> open) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> collectOpen(path, child, open));
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            JsonElement further = object.get("additionalProperties");
            boolean type = object.has("type") && object.has("properties");
            if (type && (further == null || !further.toString().equals("false"))) {
                open.add(path);
            }
            object.entrySet().forEach(child -> collectOpen(path + "/" + child.getKey(), child.getValue(), open));
        }
    }

    /** By the schema, whose message has the path of the key as a JSON pointer. */
    private static void assertRefuses(Map<String, Object> values, String key) {
        String message = refusal(values);

        assertTrue(message.contains("values don't meet the specifications"), message);
        String pointer = "/" + key.replace('.', '/');
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        assertTrue(message.contains(pointer) || (message.contains(parent) && message.contains(last)), message);
    }

    /** By a template, which sees several keys at once. */
    private static void assertFails(Map<String, Object> values, String key) {
        String message = refusal(values);

        assertTrue(message.contains(key + ":"), message);
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(RuntimeException.class, () -> Chart.render(new HashMap<>(values)))
                .getMessage();
    }
}
